import { expect, test } from 'vitest';
import { atMostEvery, minutesAndSeconds, secondsLeft, waiting } from './countdown';

const NOW = 1_729_040_000_000;

test('a countdown goes by the time that passed, whatever the clock of the device says', () => {
	expect(secondsLeft(NOW + 60_000, NOW, 0)).toBe(60);
	expect(secondsLeft(NOW + 60_000, NOW, 18_000)).toBe(42);
	expect(secondsLeft(NOW + 60_000, NOW, 59_001)).toBe(1);
	expect(secondsLeft(NOW + 60_000, NOW, 60_000)).toBe(0);
	expect(secondsLeft(NOW + 60_000, NOW, 900_000)).toBe(0);
	expect(secondsLeft(NOW - 5_000, NOW, 0)).toBe(0);
});

test('seconds are shown as minutes and seconds', () => {
	expect(minutesAndSeconds(42)).toBe('0:42');
	expect(minutesAndSeconds(245)).toBe('4:05');
	expect(minutesAndSeconds(3660)).toBe('61:00');
	expect(minutesAndSeconds(0)).toBe('0:00');
});

test('a touch is told on at most every so often', () => {
	const due = atMostEvery(20_000);
	expect([0, 1, 19_999, 20_000, 39_000, 41_000].map(due)).toEqual([
		true,
		false,
		false,
		true,
		false,
		true,
	]);
});

test('a long wait is told in hours', () => {
	const say = (key: string, params: Record<string, string | number>) => `${params.n} ${key}`;
	expect(waiting(299, say)).toBe('4:59');
	expect(waiting(3600, say)).toBe('1 span.hour');
	expect(waiting(3601, say)).toBe('2 span.hours');
	expect(waiting(86_400, say)).toBe('24 span.hours');
});
