import { Share, SquarePlus } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog } from "#components/ui/dialog.tsx";

/** iOS installs by hand only: the two presses it takes. */
export function InstallDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog
      title="Install Qui"
      size="small"
      description="It gets an icon on your home screen and a window of its own, and opens without a connection."
      onClose={onClose}
    >
      <ol className="flex flex-col gap-4 pt-3 text-sm">
        <Step number={1} icon={<Share aria-hidden className="size-5 text-accent" />}>
          Press the Share button of the browser, at the edge of the screen.
        </Step>
        <Step number={2} icon={<SquarePlus aria-hidden className="size-5 text-accent" />}>
          Choose “Add to Home Screen”, then “Add”.
        </Step>
      </ol>
    </Dialog>
  );
}

function Step({ number, icon, children }: { number: number; icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex items-center gap-4 rounded-panel border border-line bg-raised p-4">
      <span className="text-muted tabular-nums">{number}</span>
      {icon}
      <span className="flex-1">{children}</span>
    </li>
  );
}
