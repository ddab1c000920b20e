'use client';
import { X } from 'lucide-react';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { Exchange } from './sim-shapes.ts';
import { signatureOf } from './wire-words.ts';

type Props = { exchange: Exchange; onClose: () => void };

/** The chosen line in full. */
export function WireDetail({ exchange, onClose }: Props) {
  const { method, url, headers, request, response } = exchange.detail;
  const signature = signatureOf(exchange);
  const others = Object.entries(headers).filter(([, value]) => value !== signature);
  return (
    <section
      aria-label="The chosen line"
      className="mt-3 flex max-h-[60%] min-h-0 shrink-0 flex-col rounded-md border border-line bg-surface-1"
    >
      <div className="flex min-h-11 shrink-0 items-center gap-2 ps-3 pe-1">
        <h3 className="min-w-0 flex-1 font-mono text-xs wrap-anywhere text-strong">
          {method} {url}
        </h3>
        <IconButton label="Close" icon={X} onClick={onClose} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: it is named to be scrolled by keyboard, and no part of a form. */}
      <div
        role="group"
        aria-label="JSON, headers and signature"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for who has no mouse.
        tabIndex={0}
        className="min-h-0 overflow-y-auto px-3 pb-3 -outline-offset-2"
      >
        {signature && <Signature value={signature} />}
        {others.length > 0 && (
          <>
            <h4 className="text-xs font-medium text-muted">Headers</h4>
            <dl className="mb-3 font-mono text-xs wrap-anywhere">
              {others.map(([name, value]) => (
                <div key={name}>
                  <dt className="inline text-muted">{name}: </dt>
                  <dd className="inline text-strong">{value}</dd>
                </div>
              ))}
            </dl>
          </>
        )}
        <Json title="Body" value={request} />
        <Json title="Answer" value={response} />
      </div>
    </section>
  );
}

function Signature({ value }: { value: string }) {
  return (
    <>
      <h4 className="text-xs font-medium text-muted">Signature</h4>
      <p className="mb-3 text-xs text-normal">
        <span className="block font-mono break-all text-strong">{value}</span>
        HMAC-SHA256 over the body’s bytes, with the Meta app’s secret, in X-Hub-Signature-256.
      </p>
    </>
  );
}

function Json({ title, value }: { title: string; value: unknown }) {
  if (value === null || value === undefined) return null;
  return (
    <>
      <h4 className="text-xs font-medium text-muted">{title}</h4>
      <pre className="mb-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap text-strong">
        {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
      </pre>
    </>
  );
}
