import { Check, CircleDashed, Minus } from "lucide-react";
import { useEffect } from "react";
import { useStore } from "zustand";
import { Dialog } from "#components/ui/dialog.tsx";
import { watchXrDevices, xrFactsStore } from "#lib/client/room/xr-facts.ts";
import { describeXrFeatures, type FeatureLine } from "#lib/core/xr/describe-features.ts";

const SIGNS = { yes: Check, no: Minus, unknown: CircleDashed };
const WORDS: Record<FeatureLine["state"], string> = { yes: "Yes", no: "No", unknown: "Not known yet" };
const COLOURS: Record<FeatureLine["state"], string> = {
  yes: "text-good",
  no: "text-muted",
  unknown: "text-muted",
};

/** What this browser and the headset behind it offer, in plain words; it follows a headset that is plugged in. */
export function DeviceDialog({ onClose }: { onClose: () => void }) {
  const facts = useStore(xrFactsStore);
  useEffect(() => watchXrDevices(), []);
  return (
    <Dialog
      title="What this device can do"
      description="Found out here and now; nothing of it leaves this device."
      onClose={onClose}
    >
      <ul className="flex flex-col pt-2">
        {describeXrFeatures(facts).map((line) => (
          <Feature key={line.id} line={line} />
        ))}
      </ul>
    </Dialog>
  );
}

function Feature({ line }: { line: FeatureLine }) {
  const Sign = SIGNS[line.state];
  return (
    <li
      data-feature={line.id}
      data-state={line.state}
      className="flex gap-3 border-b border-line py-3 last:border-0"
    >
      <Sign aria-hidden className={`mt-0.5 size-5 shrink-0 ${COLOURS[line.state]}`} />
      <div>
        <p className="font-medium">
          {line.name}
          <span className="sr-only">: {WORDS[line.state]}</span>
        </p>
        <p className="text-sm text-muted">{line.text}</p>
      </div>
    </li>
  );
}
