import { expect, test } from 'vitest';
import { strength } from './password';

test('length counts, a mixture is never demanded', () => {
	expect(strength('')).toBe('none');
	expect(strength('bảy ký')).toBe('short');
	expect(strength('cầu đất')).toBe('short');
	expect(strength('cau nay dai ma de nho')).toBe('good');
	expect(strength('sôngcấmm')).toBe('fair');
});

test('what everybody tries first is weak', () => {
	for (const tried of [
		'12345678',
		'password1',
		'matkhau123',
		'aaaaaaaaaa',
		'19900517',
		'x12345678',
	])
		expect(strength(tried), tried).toBe('weak');
});

test('the own number is weak however it is dressed up', () => {
	expect(strength('ab031090000001', '031090000001')).toBe('weak');
	expect(strength('ab031090000001')).not.toBe('weak');
});
