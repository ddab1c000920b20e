'use client';
import { useId } from 'react';
import { useHydrated } from './use-hydrated.ts';

type Props = {
  label: string;
  /** The value in words, which may be finer than a step. */
  words: string;
  /** Place on the line. */
  value: number;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number) => void;
};

/** A value on a line, with the keys that a slider has. */
export function Slider({ label, words, value, min, max, step = 1, onChange }: Props) {
  const id = useId();
  const hydrated = useHydrated();
  const share = ((Math.min(max, Math.max(min, value)) - min) / (max - min)) * 100;
  return (
    <div>
      <span className="flex text-sm">
        <label htmlFor={id} className="flex-1 text-normal">
          {label}
        </label>
        <output htmlFor={id} className="num font-medium text-strong">
          {words}
        </output>
      </span>
      <span className="relative mt-1 flex h-6 items-center max-[899px]:h-11">
        <span aria-hidden="true" className="absolute inset-x-0 h-1 overflow-hidden rounded-full bg-surface-3">
          <span className="block h-full bg-accent" style={{ width: `${share}%` }} />
        </span>
        <input
          id={id}
          type="range"
          {...{ min, max, step }}
          value={Math.round(value / step) * step}
          disabled={!hydrated}
          aria-valuetext={words}
          onChange={({ target }) => onChange(Number(target.value))}
          className="relative h-6 w-full cursor-pointer appearance-none rounded-sm bg-transparent max-[899px]:h-11 [&::-moz-range-thumb]:size-3 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-accent [&::-moz-range-thumb]:bg-surface-1 [&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-accent [&::-webkit-slider-thumb]:bg-surface-1"
        />
      </span>
    </div>
  );
}
