import { expect, test } from 'vitest';
import { beginning, next, tick, type Entry } from './pin';

const fine = { six_digits: true, trivial: false, birth_date: false };

test('a PIN is typed twice', () => {
	const again = next(beginning, '250417', fine).entry;
	expect(again).toEqual({ step: 'again', first: '250417' });
	expect(next(again, '250417', fine).done).toBe('250417');
});

test('two different entries begin anew', () => {
	const again: Entry = { step: 'again', first: '250417' };
	const after = next(again, '250471', fine);
	expect(after.done).toBeUndefined();
	expect(after.entry).toEqual({ step: 'first', problem: 'different' });
});

test('what is guessed at once is not asked for again', () => {
	expect(next(beginning, '123456', { ...fine, trivial: true }).entry).toEqual({
		step: 'first',
		problem: 'trivial',
	});
	expect(next(beginning, '170590', { ...fine, birth_date: true }).entry).toEqual({
		step: 'first',
		problem: 'birth_date',
	});
});

test('a rule is ticked only when all digits are there, and crossed at once', () => {
	expect(tick(4, false)).toBe('open');
	expect(tick(6, false)).toBe('kept');
	expect(tick(6, true)).toBe('broken');
});
