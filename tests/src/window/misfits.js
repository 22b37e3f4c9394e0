// Answers with a list of sentences, one for each thing that does not fit or cannot be pressed.
const told = arguments[arguments.length - 1];
const found = [];
const name = (it) => {
	const mark = it.closest('[data-testid]')?.dataset.testid ?? '';
	const words = (it.innerText || it.getAttribute('aria-label') || '').trim().slice(0, 24);
	return `${it.tagName.toLowerCase()}.${String(it.className?.baseVal ?? it.className)} [${mark}] “${words}”`;
};
const shown = (it) =>
	it.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
	!it.closest('.vh, .sprite, .skip, [inert]');
// Only the dialog on top can be reached while one is open.
const top = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
const scrollers = [...document.querySelectorAll('*')].filter(
	(it) => it.scrollHeight > it.clientHeight || it.scrollWidth > it.clientWidth,
);
const before = scrollers.map((it) => [it, it.scrollLeft, it.scrollTop]);
// What only a script can scroll is out of a finger's reach.
const fixed = before.filter(([it]) =>
	it !== document.scrollingElement &&
	/hidden|clip|visible/.test(getComputedStyle(it).overflowY));
const putBack = (scrolled) => {
	for (const [it, left, high] of scrolled) {
		it.scrollLeft = left;
		it.scrollTop = high;
	}
};
const sideways = (it) => {
	for (let at = it.parentElement; at; at = at.parentElement) {
		const style = getComputedStyle(at);
		if (/auto|scroll/.test(style.overflowX) && at.scrollWidth > at.clientWidth + 1) return true;
		// A picture that its frame cuts off on purpose.
		if (/hidden|clip/.test(style.overflowX) && it.closest('svg, img, canvas')) return true;
	}
	return false;
};

for (const it of top.querySelectorAll('*')) {
	const box = it.getBoundingClientRect();
	if (box.width === 0 || box.height === 0 || !shown(it) || it.closest('svg')) continue;
	if ((box.right > innerWidth + 1 || box.left < -1) && !sideways(it)) {
		found.push(`beyond the edge by ${Math.round(box.right - innerWidth)}: ${name(it)}`);
	}
}

const controls = 'button, a[href], input, select, textarea, summary, [role="button"], [role="option"]';
for (const it of top.querySelectorAll(controls)) {
	if (it.disabled || it.type === 'hidden' || !shown(it)) continue;
	// What a label stands for is pressed on the label.
	const label = /checkbox|radio|file/.test(it.type) ? it.closest('label') : null;
	const pressed = label ?? it;
	const inWords = it.tagName === 'A' && getComputedStyle(it).display === 'inline';
	pressed.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
	putBack(fixed);
	const box = pressed.getBoundingClientRect();
	if (box.width === 0 || box.height === 0) continue;
	if (!inWords) {
		const leads = pressed.matches('.btn--primary, .btn--accent, .tabbar a, .iconbtn');
		const least = leads && !pressed.closest('.desk, .office') ? 44 : 24;
		if (box.width < least - 0.5 || box.height < least - 0.5) {
			found.push(`only ${Math.round(box.width)} by ${Math.round(box.height)}: ${name(pressed)}`);
		}
	}
	const part = inWords ? it.getClientRects()[0] : box;
	const [x, y] = [part.left + part.width / 2, part.top + part.height / 2];
	const hit = document.elementFromPoint(x, y);
	if (!hit || !(pressed.contains(hit) || hit.contains(it) === true && hit.tagName === 'LABEL')) {
		found.push(`covered by ${hit ? name(hit) : 'the edge'}: ${name(pressed)}`);
	}
}
putBack(before);
told([...new Set(found)]);
