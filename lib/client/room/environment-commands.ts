import { commands } from "#lib/client/commands/registry.ts";
import type { KeepPhotoOutcome } from "#lib/client/room/environment-photo.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import type { Command } from "#lib/core/commands/registry.ts";
import {
  DRAWN_ENVIRONMENTS,
  type DrawnEnvironment,
  type EnvironmentId,
  readEnvironment,
} from "#lib/core/environment/environments.ts";
import { withSpace } from "#lib/core/space/session.ts";

const TITLES: Readonly<Record<DrawnEnvironment, string>> = {
  daylight: "Environment: daylight",
  dawn: "Environment: dawn",
  forest: "Environment: forest at night",
  space: "Environment: deep space",
  void: "Environment: void",
};

const SAID: Readonly<Record<Exclude<KeepPhotoOutcome, "kept">, string>> = {
  "too-large": "This file is too large. A picture may have up to 60 MB.",
  "not-a-picture": "This file is no picture that the browser can read",
  "wrong-shape": "A 360° picture is twice as wide as it is high, or square with one half for each eye",
  "no-storage": "The picture could not be kept: the browser’s storage is full or switched off",
};

const isChosen = (id: EnvironmentId) => readEnvironment(getSession().space.environment) === id;

function choose(environment: EnvironmentId): void {
  updateSession((session) =>
    session.space.environment === environment ? session : withSpace(session, { environment }),
  );
}

export const environmentCommands: readonly Command[] = [
  ...DRAWN_ENVIRONMENTS.map(
    (id): Command => ({
      id: `environment.${id}`,
      group: "Space",
      title: TITLES[id],
      aliases: ["background", "surroundings"],
      checked: () => isChosen(id),
      run: () => choose(id),
    }),
  ),
  {
    id: "environment.own",
    group: "Space",
    title: "Environment: own 360° picture",
    aliases: ["background", "panorama", "photo sphere"],
    checked: () => isChosen("own"),
    run: () => void useOwnPhoto(),
  },
  {
    id: "environment.choosePhoto",
    group: "Space",
    title: "Choose a 360° picture…",
    aliases: ["panorama", "photo sphere", "environment"],
    // A headset shows no file chooser over a session.
    enabled: () => viewStore.getState().view !== "immersive",
    run: askForPhoto,
  },
  {
    id: "environment.passthrough",
    group: "Space",
    title: "Environment: passthrough",
    aliases: ["augmented reality", "see through", "background"],
    checked: () => isChosen("passthrough"),
    run: () => {
      choose("passthrough");
      if (viewStore.getState().view === "immersive") showToast("Passthrough begins when you enter it anew");
      else commands.run("view.ar");
    },
  },
];

/** The picture kept on this device; without one, asks for it where a file can be chosen. */
async function useOwnPhoto(): Promise<void> {
  const { hasPhoto } = await import("#lib/client/room/environment-photo.ts");
  if (await hasPhoto()) return choose("own");
  if (viewStore.getState().view === "immersive") {
    showToast("Choose a 360° picture on a screen first. It then is here too.");
    return;
  }
  askForPhoto();
}

function askForPhoto(): void {
  const field = document.createElement("input");
  field.type = "file";
  field.accept = "image/*";
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    if (file) void takePhoto(file);
  });
  field.click();
}

async function takePhoto(file: File): Promise<void> {
  const { keepPhoto } = await import("#lib/client/room/environment-photo.ts");
  const outcome = await keepPhoto(file);
  if (outcome === "kept") choose("own");
  else showToast(SAID[outcome]);
}
