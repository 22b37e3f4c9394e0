import { expect, test } from 'vitest';
import { isBack, isDown } from './swipes';

const way = { from: 8, dx: 120, dy: 10, time: 300 };

test('a finger from the left edge goes back', () => {
	expect(isBack(way)).toBe(true);
	expect(isBack({ ...way, dx: 60, time: 100 })).toBe(true);
});

test('a slow short move, one from the middle and one that scrolls do not', () => {
	expect(isBack({ ...way, dx: 60 })).toBe(false);
	expect(isBack({ ...way, from: 40 })).toBe(false);
	expect(isBack({ ...way, dy: 90 })).toBe(false);
	expect(isBack({ ...way, dx: -120 })).toBe(false);
});

test('a sheet goes down with a finger that goes down', () => {
	expect(isDown({ ...way, dx: 5, dy: 110 })).toBe(true);
	expect(isDown({ ...way, dx: 5, dy: 60, time: 90 })).toBe(true);
	expect(isDown({ ...way, dx: 5, dy: 60 })).toBe(false);
	expect(isDown({ ...way, dx: 150, dy: 110 })).toBe(false);
	expect(isDown({ ...way, dx: 5, dy: -110 })).toBe(false);
});
