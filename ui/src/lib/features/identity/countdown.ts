// Time left until a moment of the core. The core's clock may differ from the window's, so a
// countdown begins with what the core called "now" and goes on by the time that passed since.
import type { Millis } from '#lib/bridge/index.ts';

/** Whole seconds left, never less than none; a begun second still counts. */
export function secondsLeft(until: Millis, now: Millis, passed: number): number {
	return Math.max(0, Math.ceil((until - now - passed) / 1000));
}

/** "0:42", "4:05", "61:00" */
export function minutesAndSeconds(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Whether `gap` has passed since the last time; the first time counts. */
export function atMostEvery(gap: number): (at: number) => boolean {
	let last = -Infinity;
	return (at) => {
		if (at - last < gap) return false;
		last = at;
		return true;
	};
}
