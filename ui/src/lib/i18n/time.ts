// Moments and spans in words. All screens speak of Vietnam's time, whatever the device's
// own zone is; Vietnam keeps UTC+7 the whole year, so fixed arithmetic is exact.
import type { DueView, Millis } from '#lib/bridge/index.ts';
import type { Key, Params } from './index.svelte';

type Say = (key: Key, params?: Params) => string;

const OFFSET = 7 * 3_600_000;
const DAY = 86_400_000;
const pad = (n: number) => String(n).padStart(2, '0');

function parts(at: Millis) {
	const local = new Date(at + OFFSET);
	return {
		year: local.getUTCFullYear(),
		month: pad(local.getUTCMonth() + 1),
		day: pad(local.getUTCDate()),
		hour: pad(local.getUTCHours()),
		minute: pad(local.getUTCMinutes()),
		dayNumber: Math.floor((at + OFFSET) / DAY),
	};
}

/** "07:52" */
export function clock(at: Millis): string {
	const p = parts(at);
	return `${p.hour}:${p.minute}`;
}

/** "16/10/2024" */
export function fullDay(at: Millis): string {
	const p = parts(at);
	return `${p.day}/${p.month}/${p.year}`;
}

/** "16/10", with the year when it is not this one. */
export function shortDay(at: Millis, now: Millis): string {
	const p = parts(at);
	return p.year === parts(now).year ? `${p.day}/${p.month}` : fullDay(at);
}

/** "Hôm nay", "Hôm qua" or "16/10". */
export function dayName(at: Millis, now: Millis, say: Say): string {
	const away = parts(now).dayNumber - parts(at).dayNumber;
	if (away === 0) return say('time.today');
	if (away === 1) return say('time.yesterday');
	return shortDay(at, now);
}

/** "hôm nay", "hôm qua" or "16/10", within a sentence. */
export function dayWithin(at: Millis, now: Millis, say: Say): string {
	const name = dayName(at, now, say);
	return name.charAt(0).toLowerCase() + name.slice(1);
}

/** "07:15" for today, "Hôm qua" or "16/10" before: the right edge of a list row. */
export function stamp(at: Millis, now: Millis, say: Say): string {
	return parts(now).dayNumber === parts(at).dayNumber ? clock(at) : dayName(at, now, say);
}

/** "08/10, 07:12" */
export function dayAndClock(at: Millis, now: Millis): string {
	return `${shortDay(at, now)}, ${clock(at)}`;
}

/** "Hôm nay 07:30" */
export function dayNameAndClock(at: Millis, now: Millis, say: Say): string {
	return say('time.at', { day: dayName(at, now, say), time: clock(at) });
}

/** "hôm nay 07:30", within a sentence. */
export function dayWithinAndClock(at: Millis, now: Millis, say: Say): string {
	return say('time.at', { day: dayWithin(at, now, say), time: clock(at) });
}

function unit(n: number, one: Key, many: Key, say: Say): string {
	return say(n === 1 ? one : many, { n });
}

/** "2 ngày 6 giờ", in working days of `dayMinutes`; the short form keeps the first unit. */
export function span(minutes: number, dayMinutes: number, say: Say, short = false): string {
	const total = Math.max(0, Math.floor(minutes));
	const days = Math.floor(total / dayMinutes);
	const hours = Math.floor((total - days * dayMinutes) / 60);
	if (days > 0) {
		const text = unit(days, 'span.day', 'span.days', say);
		if (short || hours === 0) return text;
		return `${text} ${unit(hours, 'span.hour', 'span.hours', say)}`;
	}
	if (hours > 0) return unit(hours, 'span.hour', 'span.hours', say);
	return unit(total, 'span.minute', 'span.minutes', say);
}

/** "Còn 2 ngày", "Quá 3 giờ" or that the period is paused. */
export function timeLeft(due: DueView, say: Say, short = true): string {
	if (due.tone === 'paused') return say('left.paused');
	const text = span(Math.abs(due.left_minutes), due.day_minutes, say, short);
	return say(due.left_minutes < 0 ? 'left.late' : 'left.left', { span: text });
}

/** "0,8 MB" or "240 kB" */
export function size(bytes: number, language: 'vi' | 'en'): string {
	if (bytes === 0) return '0 kB';
	if (bytes < 100_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
	const text = (bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0);
	return `${language === 'vi' ? text.replace('.', ',') : text} MB`;
}
