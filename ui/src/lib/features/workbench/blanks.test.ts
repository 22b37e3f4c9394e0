import { expect, test } from 'vitest';
import type { CatalogueView } from '#lib/bridge/index.ts';
import { unfilled } from './blanks';

const text = (vi: string) => ({ text: { vi, en: '' } });
const catalogue = {
	templates: [text('[Đơn vị] đã [việc đã làm] trong ngày [ngày].')],
	refusal_reasons: [text('Việc này đã được tiếp nhận ở phản ánh [mã].')],
} as unknown as CatalogueView;

test('the first blank that nobody filled is named', () => {
	expect(unfilled('UBND xã đã [việc đã làm] trong ngày [ngày].', catalogue)).toBe('[việc đã làm]');
	expect(unfilled('Đã được tiếp nhận ở phản ánh [mã].', catalogue)).toBe('[mã]');
});

test('filled words and brackets of the official are left alone', () => {
	expect(unfilled('Xã đã vá 6 m² trong ngày 14/10.', catalogue)).toBeNull();
	expect(unfilled('Theo công văn [12/UBND]', catalogue)).toBeNull();
	expect(unfilled('[ngày]', undefined)).toBeNull();
});
