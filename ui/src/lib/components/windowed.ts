/** Rows drawn above and below the view, so that a quick scroll meets no blank. */
const SPARE = 8;

/** The rows from `first` to before `last` that belong in the page. */
export function visibleRange(
	top: number,
	height: number,
	rowHeight: number,
	count: number,
): { first: number; last: number } {
	const first = Math.max(0, Math.floor(top / rowHeight) - SPARE);
	const last = Math.min(count, Math.ceil((top + height) / rowHeight) + SPARE);
	return { first: Math.min(first, last), last };
}
