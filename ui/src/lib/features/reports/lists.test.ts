import { expect, test } from 'vitest';
import type { CategoryView, ReportRow, Status } from '#lib/bridge/index.ts';
import { offered } from './categories';
import { sections } from './sections';

const row = (id: string, status: Status) => ({ id, status }) as unknown as ReportRow;
const category = (id: string, common: boolean): CategoryView => ({
	id,
	name: { vi: id, en: id },
	icon: '',
	common,
});

test('what waits for the citizen stands above what offices have', () => {
	const found = sections([
		row('ổ gà', 'in_progress'),
		row('đèn', 'needs_information'),
		row('rác', 'closed'),
	]);
	expect(found.map((part) => [part.key, part.rows.map((one) => one.id)])).toEqual([
		['reports.need_you', ['đèn']],
		['reports.working', ['ổ gà']],
		['reports.finished', ['rác']],
	]);
});

test('every report stands in exactly one part', () => {
	const all: Status[] = [
		'waiting',
		'received',
		'needs_information',
		'assigned',
		'in_progress',
		'awaiting_approval',
		'answered',
		'closed',
		'reopened',
		'refused',
	];
	const shown = sections(all.map((status) => row(status, status))).flatMap((part) => part.rows);
	expect(shown.map((one) => one.id).sort()).toEqual([...all].sort());
});

test('a long catalogue leaves the sixth tile to the rest, and loses nothing', () => {
	const all = ['đường', 'rác', 'đèn', 'ngập', 'an ninh', 'nước'].map((id) => category(id, true));
	const long = [...all, category('tiếng ồn', false)];
	const { tiles, rest } = offered(long);
	expect(tiles).toHaveLength(5);
	expect([...tiles, ...rest]).toHaveLength(long.length);
	expect(offered(all)).toEqual({ tiles: all, rest: [] });
});
