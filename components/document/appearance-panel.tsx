"use client";

import "./styles/panels.css";

import { Minus, Plus, RotateCcw } from "lucide-react";
import { type ReactNode, useId } from "react";
import {
  APPEARANCE_RANGES,
  type Appearance,
  clampToRange,
  DEFAULT_APPEARANCE,
  READER_FONTS,
  READER_THEMES,
} from "#lib/core/reading/appearance.ts";

const THEME_LABELS = { system: "Like Qui", light: "Light", sepia: "Sepia", dark: "Dark" } as const;
const FONT_LABELS = { serif: "Serif", sans: "Sans", mono: "Mono", dyslexic: "Dyslexia-friendly" } as const;

export interface AppearancePanelProps {
  appearance: Appearance;
  onChange: (appearance: Appearance) => void;
}

/** How text is set, with every change seen at once in the page beside it. */
export function AppearancePanel({ appearance, onChange }: AppearancePanelProps) {
  const set = (change: Partial<Appearance>): void => onChange({ ...appearance, ...change });
  const group = useId();
  const isDefault = Object.entries(DEFAULT_APPEARANCE).every(
    ([key, value]) => appearance[key as keyof Appearance] === value,
  );
  return (
    <div className="qui-panel">
      <Choices label="Theme">
        {READER_THEMES.map((theme) => (
          <Choice
            key={theme}
            name={`${group}-theme`}
            label={THEME_LABELS[theme]}
            isChosen={appearance.theme === theme}
            onChoose={() => set({ theme })}
          >
            <span
              className="qui-swatch"
              data-theme={theme === "system" ? undefined : theme}
              aria-hidden="true"
            >
              Aa
            </span>
          </Choice>
        ))}
      </Choices>
      <Choices label="Font">
        {READER_FONTS.map((font) => (
          <Choice
            key={font}
            name={`${group}-font`}
            label={FONT_LABELS[font]}
            isChosen={appearance.font === font}
            onChoose={() => set({ font })}
          >
            <span className="qui-font-sample" data-font={font} aria-hidden="true">
              Ag
            </span>
          </Choice>
        ))}
      </Choices>
      <Stepper
        label="Text size"
        value={appearance.sizePx}
        range={APPEARANCE_RANGES.sizePx}
        format={(value) => `${value} px`}
        onChange={(sizePx) => set({ sizePx })}
      />
      <Stepper
        label="Line width"
        value={appearance.measureCh}
        range={APPEARANCE_RANGES.measureCh}
        step={4}
        format={(value) => `${value} letters`}
        onChange={(measureCh) => set({ measureCh })}
      />
      <Stepper
        label="Line spacing"
        value={appearance.lineHeight}
        range={APPEARANCE_RANGES.lineHeight}
        format={(value) => value.toFixed(1)}
        onChange={(lineHeight) => set({ lineHeight })}
      />
      <Toggle label="Justify lines" isOn={appearance.justify} onChange={(justify) => set({ justify })} />
      <Toggle label="Load pictures" isOn={appearance.images} onChange={(images) => set({ images })} />
      <button
        type="button"
        className="qui-panel-button"
        disabled={isDefault}
        onClick={() => onChange(DEFAULT_APPEARANCE)}
      >
        <RotateCcw aria-hidden="true" size={16} /> Back to the usual
      </button>
    </div>
  );
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset className="qui-choices">
      <legend>{label}</legend>
      <div>{children}</div>
    </fieldset>
  );
}

function Choice({
  name,
  label,
  isChosen,
  onChoose,
  children,
}: {
  name: string;
  label: string;
  isChosen: boolean;
  onChoose: () => void;
  children: ReactNode;
}) {
  return (
    <label className="qui-choice">
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
      {children}
      <span>{label}</span>
    </label>
  );
}

function Stepper({
  label,
  value,
  range,
  step = range.step,
  format,
  onChange,
}: {
  label: string;
  value: number;
  range: { min: number; max: number; step: number };
  /** What one press changes; a multiple of the range's step. */
  step?: number;
  format: (value: number) => string;
  onChange: (value: number) => void;
}) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would be read as a form; this is one control in two buttons.
    <div className="qui-stepper" role="group" aria-labelledby={id}>
      <span id={id}>{label}</span>
      <button
        type="button"
        aria-label={`${label}: less`}
        disabled={value <= range.min}
        onClick={() => onChange(clampToRange(value - step, range))}
      >
        <Minus aria-hidden="true" size={16} />
      </button>
      <output aria-live="polite">{format(value)}</output>
      <button
        type="button"
        aria-label={`${label}: more`}
        disabled={value >= range.max}
        onClick={() => onChange(clampToRange(value + step, range))}
      >
        <Plus aria-hidden="true" size={16} />
      </button>
    </div>
  );
}

function Toggle({
  label,
  isOn,
  onChange,
}: {
  label: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <label className="qui-toggle">
      <span>{label}</span>
      <input
        type="checkbox"
        role="switch"
        checked={isOn}
        aria-checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
      />
    </label>
  );
}
