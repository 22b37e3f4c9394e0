// What a finger means by its way across the glass. Only arithmetic; `gestures.ts` listens.

export interface Way {
	/** Where it began, in pixels from the left edge. */
	from: number;
	/** How far it came, right and down. */
	dx: number;
	dy: number;
	/** Milliseconds. */
	time: number;
}

/** How near to the edge a finger must begin to mean "back". */
export const EDGE = 24;
/** How far it must come, or half of it in a quick move. */
const FAR = 96;
const QUICK = 0.5;

const enough = (way: number, time: number): boolean =>
	way >= FAR || (way >= FAR / 2 && way / Math.max(time, 1) >= QUICK);

/** From the left edge to the right, rather than up or down. */
export const isBack = ({ from, dx, dy, time }: Way): boolean =>
	from <= EDGE && dx > 2 * Math.abs(dy) && enough(dx, time);

/** Down, rather than sideways. */
export const isDown = ({ dx, dy, time }: Way): boolean => dy > Math.abs(dx) && enough(dy, time);
