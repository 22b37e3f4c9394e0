// The two entries of a new PIN, one after the other. Whether a PIN is good is the core's to say.
import type { PinCheck } from '#lib/bridge/index.ts';

/** Digits of a PIN. */
export const PIN_DIGITS = 6;

export type Entry =
	| { step: 'first'; problem: 'trivial' | 'birth_date' | 'different' | null }
	| { step: 'again'; first: string };

export const beginning: Entry = { step: 'first', problem: null };

/** What comes after six digits; `done` is the PIN that was typed twice. */
export function next(entry: Entry, pin: string, check: PinCheck): { entry: Entry; done?: string } {
	if (entry.step === 'first') {
		if (check.trivial) return { entry: { step: 'first', problem: 'trivial' } };
		if (check.birth_date) return { entry: { step: 'first', problem: 'birth_date' } };
		return { entry: { step: 'again', first: pin } };
	}
	if (pin !== entry.first) return { entry: { step: 'first', problem: 'different' } };
	return { entry, done: pin };
}

export type Tick = 'open' | 'kept' | 'broken';

/** Whether a rule is kept: nothing is said before there is enough to say it of. */
export function tick(typed: number, broken: boolean): Tick {
	if (broken) return 'broken';
	return typed === PIN_DIGITS ? 'kept' : 'open';
}
