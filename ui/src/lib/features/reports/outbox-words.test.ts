import { expect, test } from 'vitest';
import { pageOf } from './outbox-words';

test('an item leads to the page of whoever made it', () => {
	const page = (kind: Parameters<typeof pageOf>[0]['kind']) => pageOf({ kind, report_id: 'r' });
	expect(page('report.rate')).toBe('/reports/r');
	expect(page('report.assign')).toBe('/office/intake?report=r');
	expect(page('report.approve')).toBe('/office/approval/r');
	expect(page('report.answer')).toBe('/office/work/r');
});
