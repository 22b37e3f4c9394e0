// Fingers and the phone's back button, in Chromium: the driver of the app's own window has no fingers.
//   npm run build:preview && npm run touch
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { shop } from './phone.mjs';

let phones;
before(async () => {
	phones = await shop();
});
after(() => phones.close());

/** A phone on a screen; errors in the page fail the test. */
async function on(path, scene, glass, story) {
	const phone = await phones.open(path, scene, glass);
	await story(phone);
	assert.deepEqual(phone.told, []);
	await phone.close();
}

test('a long press opens what a button opens, and does not follow the link', () =>
	on('/', { draft: true }, {}, async (phone) => {
		await phone.hold('draft-card', 'sheet');
		assert.equal(phone.path(), '/');
		await phone.page.getByTestId('sheet-close').tap();
		await phone.gone('sheet');
		await phone.page.getByTestId('draft-more').tap();
		await phone.see('sheet');
	}));

test('a short press follows the link', () =>
	on('/', { draft: true }, {}, async (phone) => {
		await phone.page.getByTestId('draft-card').tap();
		await phone.see('words');
	}));

test('a sheet is pulled down; one that is let go early stays', () =>
	on('/', { draft: true }, {}, async (phone) => {
		await phone.page.getByTestId('draft-more').tap();
		await phone.see('sheet');
		const box = await phone.page.getByTestId('sheet').boundingBox();
		const top = { x: box.x + 100, y: box.y + 30 };
		await phone.swipe(top, { x: top.x + 60, y: top.y + 20 });
		assert.equal(await phone.page.getByTestId('sheet').count(), 1);
		await phone.swipe(top, { x: top.x + 5, y: top.y + 180 });
		await phone.gone('sheet');
	}));

test('a finger from the left edge goes back; one from the middle does not', () =>
	on('/reports', {}, {}, async (phone) => {
		await phone.page.getByTestId('report-row').nth(1).tap();
		await phone.see('case-number');
		await phone.swipe({ x: 180, y: 320 }, { x: 330, y: 322 });
		await phone.see('case-number');
		await phone.swipe({ x: 6, y: 320 }, { x: 170, y: 326 });
		await phone.at('/reports');
	}));

test('the back button closes sheet, then screen, then goes home, then leaves', () =>
	on('/me', {}, {}, async (phone) => {
		await phone.page.getByTestId('sign-out').tap();
		await phone.see('sign-out-confirm');
		await phone.back();
		await phone.gone('sign-out-confirm');
		assert.equal(phone.path(), '/me');
		await phone.page.getByTestId('me-devices').tap();
		await phone.at('/me/devices');
		await phone.back();
		await phone.at('/me');
		await phone.back();
		await phone.at('/');
		assert.equal(await phone.left(), false);
		await phone.back();
		assert.equal(await phone.left(), true);
	}));

test('the lock is not closed by the back button, but left', () =>
	on('/', { lock: 'locked' }, {}, async (phone) => {
		await phone.see('lock');
		await phone.back();
		await phone.see('lock');
		assert.equal(await phone.left(), true);
	}));

test('Escape closes a sheet and then leaves the screen', () =>
	on('/me/devices', {}, {}, async (phone) => {
		await phone.page.keyboard.press('Escape');
		await phone.at('/me');
		await phone.page.getByTestId('sign-out').tap();
		await phone.see('sign-out-confirm');
		await phone.page.keyboard.press('Escape');
		await phone.gone('sign-out-confirm');
		assert.equal(phone.path(), '/me');
	}));

test('turned on its side the phone keeps what was typed, and everything can be reached', () =>
	on('/compose/d-empty', {}, {}, async (phone) => {
		await phone.page.getByTestId('words').fill('Đèn đường hỏng ba hôm');
		await phone.page.setViewportSize({ width: 640, height: 360 });
		assert.deepEqual(await phone.misfits(), []);
		assert.equal(await phone.page.getByTestId('words').inputValue(), 'Đèn đường hỏng ba hôm');
	}));

test('bars keep clear of cut-outs', () =>
	on('/', { draft: true }, { safe: { top: 47, bottom: 34 } }, async (phone) => {
		const top = await phone.page.locator('.hero__name').boundingBox();
		assert.ok(top.y >= 47, `the name begins at ${top.y}`);
		const tab = await phone.page.locator('.tabbar a').first().boundingBox();
		assert.ok(tab.y + tab.height <= 640 - 34, `a tab ends at ${tab.y + tab.height}`);
		await phone.page.getByTestId('draft-more').tap();
		await phone.see('sheet');
		const last = await phone.page.getByTestId('draft-delete').boundingBox();
		assert.ok(last.y + last.height <= 640 - 34, `the last button ends at ${last.y + last.height}`);
	}));

test('a keyboard does not cover the field, nor the one in a sheet', () =>
	on('/', { over: true }, {}, async (phone) => {
		await phone.see('session-over');
		await phone.page.getByTestId('sign-in-password').tap();
		// What the keyboard takes away of the page on Android.
		await phone.page.setViewportSize({ width: 360, height: 340 });
		await phone.page.waitForFunction(() => {
			const box = document.activeElement.getBoundingClientRect();
			return box.top >= 0 && box.bottom <= innerHeight;
		});
	}));

test('a draft is deleted only when it was said twice', () =>
	on('/', { draft: true }, {}, async (phone) => {
		await phone.page.getByTestId('draft-more').tap();
		await phone.page.getByTestId('draft-delete').tap();
		await phone.page.getByTestId('draft-delete-confirm').tap();
		await phone.gone('draft-card');
	}));

for (const theme of ['light', 'dark']) {
	test(`what a finger opens is fit for everybody, ${theme}`, () =>
		on('/', { theme, draft: true }, {}, async (phone) => {
			assert.deepEqual(await phone.misfits(), []);
			await phone.page.getByTestId('draft-more').tap();
			await phone.see('sheet');
			assert.deepEqual(await phone.misfits(), []);
			assert.deepEqual(await phone.axe(), []);
		}));
}
