// A phone in Chromium's device emulation: fingers, safe areas, a system's text size, its back button.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launch, serve } from '../serve.mjs';

const misfits = readFileSync(
	new URL('../../../tests/src/window/misfits.js', import.meta.url),
	'utf8',
);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Starts server and browser; `open` gives a phone on a screen. */
export async function shop() {
	const { server, base } = serve();
	const browser = await launch();
	return {
		open: (path, scene, glass) => open(browser, base + path, scene, glass),
		async close() {
			await browser.close();
			server.close();
		},
	};
}

async function open(browser, url, scene = {}, { width = 360, height = 640, ...more } = {}) {
	const context = await browser.newContext({
		viewport: { width, height },
		hasTouch: true,
		isMobile: true,
		deviceScaleFactor: 2,
		reducedMotion: more.motion ?? 'reduce',
	});
	const page = await context.newPage();
	await page.addInitScript((value) => {
		localStorage.scene = JSON.stringify(value);
		localStorage.demo = 'no';
	}, scene);
	page.setDefaultTimeout(10_000);
	const told = [];
	page.on('pageerror', (error) => told.push(String(error)));
	const wire = await context.newCDPSession(page);
	if (more.safe) {
		await wire.send('Emulation.setSafeAreaInsetsOverride', { insets: more.safe });
	}
	await page.goto(url);
	await page.locator('.phone, .office, dialog').first().waitFor();
	return new Phone(page, wire, told);
}

class Phone {
	constructor(page, wire, told) {
		Object.assign(this, { page, wire, told });
	}

	see(mark) {
		return this.page.getByTestId(mark).first().waitFor();
	}

	gone(mark) {
		return this.page.getByTestId(mark).first().waitFor({ state: 'detached' });
	}

	async #touch(type, points) {
		await this.wire.send('Input.dispatchTouchEvent', { type, touchPoints: points });
	}

	/** A finger goes from one point to another. */
	async swipe(from, to, steps = 8) {
		await this.#touch('touchStart', [from]);
		for (let step = 1; step <= steps; step++) {
			const at = (name) => from[name] + ((to[name] - from[name]) * step) / steps;
			await this.#touch('touchMove', [{ x: at('x'), y: at('y') }]);
		}
		await this.#touch('touchEnd', []);
	}

	/** A finger rests until something with `until` is there. */
	async hold(mark, until) {
		const box = await this.page.getByTestId(mark).first().boundingBox();
		const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		await this.#touch('touchStart', [point]);
		await this.see(until);
		await this.#touch('touchEnd', []);
	}

	/** The phone's own back button. */
	back() {
		return this.page.evaluate(() => window.dispatchEvent(new Event('back-button')));
	}

	left() {
		return this.page.evaluate(() => document.documentElement.dataset.left === 'yes');
	}

	path() {
		return new URL(this.page.url()).pathname;
	}

	async at(path) {
		await this.page.waitForURL((url) => url.pathname === path);
	}

	/** What does not fit or cannot be pressed, by the same eyes as in the real window. */
	misfits() {
		return this.page.evaluate((body) => {
			return new Promise((told) => {
				new Function(body)(told);
			});
		}, misfits);
	}

	/** What axe finds in what is shown now. */
	async axe() {
		await this.page.evaluate(axe);
		const found = await this.page.evaluate(() =>
			globalThis.axe.run(document, { resultTypes: ['violations'] }),
		);
		return found.violations.map(
			(one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
		);
	}

	close() {
		return this.page.context().close();
	}
}
