import type { checks as vi } from '../vi/checks';

// What people read, in English: levels of identity.
export const checks: Record<keyof typeof vi, string> = {
	'level.declared': 'Not verified',
	'level.checked': 'Verified',
	'level.declared_sub': 'Verify, so that offices know that it is you',
	'level.by_unit': '{day}, at {unit}',
	'level.by_national': '{day}, by the national ID',
	'verify.title': 'Verify',
	'verify.lead':
		'When you registered, you stated your ID number yourself. Verifying means that somebody saw your card, or that the national ID confirmed the number.',
	'verify.why':
		'Without it you still send reports as usual. Once you are verified, nobody else can hold an account under your number.',
	'verify.done': 'Your account is verified',
	'verify.done_unit': '{unit} saw your card on {day}.',
	'verify.done_national': 'The national ID confirmed it on {day}.',
	'verify.card_title': 'Show your card to an official',
	'verify.card_text':
		'Take your ID card to the one-stop desk of your commune or township, or meet the community digital team. It takes about a minute.',
	'verify.national_title': 'Verify with {name}',
	'verify.national_text':
		'Your browser will open the page of {name}. Sign in there and come back here. The app receives only your ID number.',
	'verify.national_start': 'Open {name}',
	'verify.waiting': 'Waiting for you in the browser',
	'verify.waiting_text':
		'Sign in on the page that has opened. The result then appears here by itself.',
	'verify.stop': 'Stop waiting',
	'verify.again': 'Try again',
	'verify.offline': 'A network is needed to verify with {name}.',
	'verify.dropped': 'You stopped. Nothing has changed.',
	'error.national_refused': 'The ID page says that you did not agree. Nothing has changed.',
	'error.number_differs':
		'The national ID gave another number than this account’s. Nothing has changed. If you mistyped your number when registering, take your card to the one-stop desk.',
	'error.check_refused':
		'The answer of the ID page could not be confirmed. Nothing has changed. Please try again.',
	'error.check_over': 'This attempt has run out of time. Please try again.',
	'error.national_unavailable': 'The ID page does not answer. Try again in a few minutes.',
	'error.already_checked': 'This account is verified already.',
	'error.no_browser': 'No browser could be opened on this device.',
	'office.nav.cards': 'Check ID cards',
	'cards.title': 'Check ID cards',
	'cards.lead':
		'Hold the person’s card in your hand. Scan its code, or type the number and the name as printed.',
	'cards.scan': 'Scan the card’s code',
	'cards.place': 'Where the card was seen',
	'cards.place_small': 'if not at your office',
	'cards.seen': 'I hold the card, and its photo shows this person',
	'cards.confirm': 'Confirm',
	'cards.working': 'Looking…',
	'cards.need_number': 'Type all 12 digits of the card.',
	'cards.need_name': 'Type the name as it is on the card.',
	'cards.need_seen': 'Look at the card and the person before you confirm.',
	'cards.confirmed': 'Confirmed',
	'cards.confirmed_text':
		'The person’s app will show “Verified”, today’s date and the name of your unit.',
	'cards.already_checked': 'Verified before',
	'cards.already_text': 'Verified {when}. There is nothing more to do.',
	'cards.no_account': 'No account under this number',
	'cards.no_account_text':
		'Look at the number again. If it is right, help the person install the app and register with the card, then confirm here.',
	'cards.name_differs': 'The name does not match',
	'cards.name_differs_text':
		'Look at the name on the card again, diacritics too. If it is as typed, show the person how to correct their name in the app.',
	'cards.phone': 'Last 3 digits of the phone',
	'cards.phone_small': 'ask the person, if the account has a phone',
	'cards.phone_differs': 'The phone does not match',
	'cards.phone_differs_text':
		'This account is used with another phone. Ask the person again. If somebody else registered the number, tell an administrator.',
	'cards.freed': 'The number is free again',
	'cards.freed_text': 'The person can register anew with the card.',
	'cards.next': 'Next person',
	'cards.too_many': 'Too many cards within an hour. Try again later.',
	'cards.recorded': 'Every confirmation is recorded: who looked, when, and where.',
	'cards.offline': 'A network is needed to confirm. What you typed stays.',
};
