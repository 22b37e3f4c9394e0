import { expect, test } from 'vitest';
import type { ReportRow, Tone } from '#lib/bridge/index.ts';
import { grouped, neighbour, ordered } from './groups';

const row = (id: string, tone: Tone | null) =>
	({ id, due: tone && { tone } }) as unknown as ReportRow;
const rows = [row('đèn', 'ok'), row('ổ voi', 'bad'), row('rác', 'warn'), row('cột', 'bad')];

test('what is overdue stands first, and each group says how many it has', () => {
	const lines = grouped(rows).map((line) =>
		line.kind === 'group' ? `${line.tone} ${line.count}` : line.row.id,
	);
	expect(lines).toEqual(['bad 2', 'ổ voi', 'cột', 'warn 1', 'rác', 'ok 1', 'đèn']);
});

test('a report without a deadline has time left', () => {
	expect(grouped([row('mới', null)])[0]).toEqual({ kind: 'group', tone: 'ok', count: 1 });
});

test('J and K walk the order of the screen and stop at its ends', () => {
	const list = ordered(rows);
	expect(neighbour(list, null, 1)).toBe('ổ voi');
	expect(neighbour(list, 'ổ voi', 1)).toBe('cột');
	expect(neighbour(list, 'ổ voi', -1)).toBe('ổ voi');
	expect(neighbour(list, 'đèn', 1)).toBe('đèn');
	expect(neighbour([], 'đèn', 1)).toBeNull();
});
