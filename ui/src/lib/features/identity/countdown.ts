// Time left until a moment of the core. The core's clock may differ from the window's, so a
// countdown begins with what the core called "now" and goes on by the time that passed since.
import type { Millis } from '#lib/bridge/index.ts';
import type { Key, Params } from '#lib/i18n/index.svelte.ts';

/** Whole seconds left, never less than none; a begun second still counts. */
export function secondsLeft(until: Millis, now: Millis, passed: number): number {
	return Math.max(0, Math.ceil((until - now - passed) / 1000));
}

/** "0:42", "4:05", "61:00" */
export function minutesAndSeconds(seconds: number): string {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const HOUR = 3600;

/** How long to wait: "4:05", from an hour on "2 giờ", rounded up. */
export function waiting(seconds: number, say: (key: Key, params: Params) => string): string {
	if (seconds < HOUR) return minutesAndSeconds(seconds);
	const n = Math.ceil(seconds / HOUR);
	return say(n === 1 ? 'span.hour' : 'span.hours', { n });
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
