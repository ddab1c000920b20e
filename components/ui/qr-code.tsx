import { encode } from 'uqr';

/** An address as a square that a phone's camera reads; black on white in both schemes, as cameras want it. */
export function QrCode({ value, label }: { value: string; label: string }) {
  const { size, data } = encode(value, { border: 2 });
  const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-40 shrink-0 rounded-md bg-white"
    >
      <path d={squares.join('')} className="fill-black" />
    </svg>
  );
}
