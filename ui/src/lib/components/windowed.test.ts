import { expect, test } from 'vitest';
import { endsOf, visibleRange } from './windowed';

const thousand = endsOf(Array.from({ length: 1000 }, (_, n) => (n % 10 === 0 ? 33 : 60)));

test('the rows in view are in the page, and only a few more', () => {
	const top = thousand[499] ?? 0;
	const { first, last } = visibleRange(thousand, top, 600);
	expect(first).toBeLessThanOrEqual(500);
	expect(thousand[last - 1]).toBeGreaterThanOrEqual(top + 600);
	expect(last - first).toBeLessThan(35);
});

test('the ends of the list stay inside it', () => {
	expect(visibleRange(thousand, 0, 600).first).toBe(0);
	expect(visibleRange(thousand, 1e9, 600).last).toBe(1000);
	expect(visibleRange([], 0, 600)).toEqual({ first: 0, last: 0 });
});
