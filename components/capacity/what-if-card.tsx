'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Slider } from '#components/ui/slider.tsx';
import { Card } from './card.tsx';
import type { CapacityView } from './queries.ts';
import { fromLine, onLine, reckon, type Try, tryToday } from './what-if.ts';
import { count, milliseconds, percent, rate } from './words.ts';

const ranges = { tenants: [1, 2_000], leadsEach: [100, 100_000] } as const;

/** Sliders over the model: what other tenants, or other people, would ask of this installation. */
export function WhatIfCard({ view }: { view: CapacityView }) {
  const [changed, setChanged] = useState<Partial<Try>>({});
  const tried = { ...tryToday(view), ...changed };
  const set = (more: Partial<Try>) => setChanged((before) => ({ ...before, ...more }));
  const { active, messages, peakRate, p95, share } = reckon(tried, view);
  const hours = view.selling.assumptions.activeHours;
  return (
    <Card
      title="What if"
      note="Starts from today’s tenants"
      action={
        <Button look="ghost" size="small" onClick={() => setChanged({})}>
          Reset
        </Button>
      }
    >
      <div className="grid gap-y-2 min-[640px]:max-[1099px]:grid-cols-2 min-[640px]:max-[1099px]:gap-x-8">
        <Slider
          label="Tenants"
          words={count(tried.tenants)}
          value={onLine(tried.tenants, ranges.tenants)}
          min={0}
          max={100}
          onChange={(place) => set({ tenants: fromLine(place, ranges.tenants) })}
        />
        <Slider
          label="Leads each"
          words={count(tried.leadsEach)}
          value={onLine(tried.leadsEach, ranges.leadsEach)}
          min={0}
          max={100}
          onChange={(place) => set({ leadsEach: fromLine(place, ranges.leadsEach) })}
        />
        <Slider
          label="Messages per active lead a day"
          words={count(tried.messagesPerLead)}
          value={tried.messagesPerLead}
          min={1}
          max={60}
          onChange={(messagesPerLead) => set({ messagesPerLead })}
        />
        <Slider
          label="Active share of leads"
          words={percent(tried.activeShare)}
          value={tried.activeShare * 100}
          min={1}
          max={100}
          onChange={(value) => set({ activeShare: value / 100 })}
        />
        <Slider
          label="Peak hour over average"
          words={`${tried.peakFactor.toFixed(1)}\u00a0×`}
          value={tried.peakFactor * 10}
          min={10}
          max={100}
          onChange={(value) => set({ peakFactor: value / 10 })}
        />
      </div>
      <dl className="mt-4 text-sm" aria-live="polite">
        <Line label="Active conversations a day">{count(active)}</Line>
        <Line label="Messages a day">{count(messages)}</Line>
        <Line label="Peak load">{rate(peakRate)}</Line>
        {p95 !== undefined && (
          <Line label="Expected p95 at peak">
            {Number.isFinite(p95) ? milliseconds(p95) : 'More than it takes'}
          </Line>
        )}
        {share !== undefined && (
          <Line label="Of what can be sold" isLoud>
            {percent(share)}
          </Line>
        )}
      </dl>
      <p className="num mt-3 text-xs text-muted">
        {count(tried.tenants)} × {count(tried.leadsEach)} × {percent(tried.activeShare)} ×{' '}
        {count(tried.messagesPerLead)} × {Number(tried.peakFactor.toFixed(1))} ÷ {count(hours * 3_600)}&nbsp;s
        ({hours} hours)
      </p>
    </Card>
  );
}

function Line({ label, isLoud, children }: { label: string; isLoud?: boolean; children: string }) {
  return (
    <div className="flex border-t border-line py-2">
      <dt className="flex-1 text-normal">{label}</dt>
      <dd className={`num text-strong ${isLoud ? 'font-semibold' : ''}`}>{children}</dd>
    </div>
  );
}
