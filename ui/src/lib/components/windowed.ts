/** Rows drawn above and below the view, so that a quick scroll meets no blank. */
const SPARE = 8;

/** Where each row ends, in pixels from the top of the list. */
export function endsOf(heights: number[]): number[] {
	let end = 0;
	return heights.map((height) => (end += height));
}

/** The rows from `first` to before `last` that belong in the page. */
export function visibleRange(
	ends: number[],
	top: number,
	height: number,
): { first: number; last: number } {
	const first = Math.max(0, rowAt(ends, top) - SPARE);
	const last = Math.min(ends.length, rowAt(ends, top + height) + 1 + SPARE);
	return { first: Math.min(first, last), last };
}

/** The row that covers `at`, by halving. */
function rowAt(ends: number[], at: number): number {
	let low = 0;
	let high = ends.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ends[middle] ?? Infinity) > at) high = middle;
		else low = middle + 1;
	}
	return low;
}
