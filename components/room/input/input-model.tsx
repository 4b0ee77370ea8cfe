import { useFrame } from "@react-three/fiber";
import { type ReactNode, useEffect, useState } from "react";
import type { InputModel } from "#lib/client/xr/input/input-models.ts";

interface InputModelViewProps {
  /** Must be stable: a new one loads again. */
  load: () => Promise<InputModel>;
  /** Drawn until the model is there, and instead of one that cannot be. */
  standIn: ReactNode;
}

/** A model of a controller or hand. One that fails to load is replaced, silently: it is only a picture. */
export function InputModelView({ load, standIn }: InputModelViewProps) {
  const [model, setModel] = useState<InputModel | null>(null);
  useEffect(() => {
    let isWanted = true;
    load().then(
      (loaded) => isWanted && setModel(loaded),
      () => isWanted && setModel(null),
    );
    return () => {
      isWanted = false;
    };
  }, [load]);
  useFrame((_, __, frame?: XRFrame) => model?.update(frame));
  return model ? <primitive object={model.object} /> : standIn;
}
