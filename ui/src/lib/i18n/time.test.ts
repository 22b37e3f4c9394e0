import { expect, test } from 'vitest';
import type { DueView } from '#lib/bridge/index.ts';
import { en } from './en';
import { clock, dayAndClock, dayName, fullDay, size, stamp, timeLeft } from './time';
import { vi } from './vi';
import type { Key, Params } from './index.svelte';

const speak =
	(table: Record<Key, string>) =>
	(key: Key, params: Params = {}) =>
		table[key].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name]));
const vietnamese = speak(vi);
const english = speak(en);

/** 16 October 2024, 07:52 in Vietnam, while it is still the 16th in London. */
const now = Date.UTC(2024, 9, 16, 0, 52);
const HOUR = 3_600_000;
const due = (left: number, tone: DueView['tone'] = 'ok'): DueView => ({
	tone,
	at: now,
	left_minutes: left,
	day_minutes: 480,
	used_percent: 50,
});

test("moments are told in Vietnam's time, whatever the device's zone", () => {
	expect(clock(now)).toBe('07:52');
	expect(fullDay(now)).toBe('16/10/2024');
	expect(clock(Date.UTC(2024, 9, 15, 17, 0))).toBe('00:00');
	expect(dayName(Date.UTC(2024, 9, 15, 17, 0), now, vietnamese)).toBe('Hôm nay');
});

test('a row shows the hour for today and the day before that', () => {
	expect(stamp(now - HOUR, now, vietnamese)).toBe('06:52');
	expect(stamp(now - 10 * HOUR, now, vietnamese)).toBe('Hôm qua');
	expect(stamp(now - 96 * HOUR, now, english)).toBe('12/10');
	expect(dayAndClock(Date.UTC(2023, 11, 31, 5, 0), now)).toBe('31/12/2023, 12:00');
});

test('time left speaks of working days, then hours, then minutes', () => {
	expect(timeLeft(due(1320), vietnamese, false)).toBe('Còn 2 ngày 6 giờ');
	expect(timeLeft(due(1320), vietnamese)).toBe('Còn 2 ngày');
	expect(timeLeft(due(300), vietnamese)).toBe('Còn 5 giờ');
	expect(timeLeft(due(59), english)).toBe('59 minutes left');
	expect(timeLeft(due(480), english, false)).toBe('1 day left');
});

test('what is overdue says by how much, and a paused period says why', () => {
	expect(timeLeft(due(-180, 'bad'), vietnamese)).toBe('Quá 3 giờ');
	expect(timeLeft(due(-60, 'bad'), english)).toBe('1 hour late');
	expect(timeLeft(due(-180, 'paused'), vietnamese)).toBe('Chờ người dân bổ sung');
});

test('sizes are written as people write them', () => {
	expect(size(240_000, 'vi')).toBe('0,2 MB');
	expect(size(800_000, 'vi')).toBe('0,8 MB');
	expect(size(2_000, 'vi')).toBe('2 kB');
	expect(size(11_000_000, 'en')).toBe('11 MB');
});
