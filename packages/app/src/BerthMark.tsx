/** Berth's mark: a mooring post with a rope around it, above the water. */
export const BerthMark = (props: { size: number }) => (
  <svg
    width={props.size}
    height={props.size}
    viewBox="0 0 32 32"
    fill="none"
    stroke="#7df3e1"
    strokeWidth={2.5}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden
  >
    <path d="M9 5h14M11.5 5v17M20.5 5v17" />
    <path d="M8 12c4 3.5 12 3.5 16 0M8 16.5c4 3.5 12 3.5 16 0" />
    <path d="M3 27c2.2-2 4.4-2 6.5 0s4.4 2 6.5 0 4.4-2 6.5 0 4.4 2 6.5 0" />
  </svg>
);
