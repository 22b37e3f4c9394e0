// What people read, in English, about what is safe on a phone.
import type { safety as vi } from '../vi/safety';

export const safety: Record<keyof typeof vi, string> = {
	'contact.row': 'Phone number',
	'contact.none': 'No number yet',
	'contact.rep_row': 'Representative',
	'contact.rep_none': 'Not confirmed; reports are not public',
	'contact.rep_since': 'Confirmed {day}',
	'contact.as_of': 'As of {time}; this device is offline.',
	'phone.title': 'Change phone number',
	'phone.now': 'Number in use',
	'phone.lead': 'A code goes to the new number. The old number gets a message about it.',
	'phone.new': 'New phone number',
	'phone.bad': 'Type a mobile number other than the present one: 10 digits, beginning with 0.',
	'phone.password': 'Password',
	'phone.password_hint': 'Type the password of the account again, so that it is surely you.',
	'phone.password_missing': 'Type the password.',
	'phone.password_bad': 'The password is wrong. Type it again.',
	'phone.stay': 'Devices stay signed in. From now on, codes for signing in go to the new number.',
	'phone.done': 'Changed to {phone}.',
	'rep.title': 'Representative',
	'rep.why':
		'You are under 16 (until {day}). Your reports are handled like any other, but they are public only once a parent or guardian has agreed.',
	'rep.not_needed': 'This account needs no representative.',
	'rep.to_adult': 'For the parent or guardian',
	'rep.words':
		'I agree that my child (or the child in my care) may choose to make reports public. Name and phone number are not shown. I can take this back at any time in this app.',
	'rep.code_hint':
		'Send the code; the representative then reads it out from their own phone, and it is typed here.',
	'rep.send': 'Send a code to {phone}',
	'rep.send_other': 'Send it to another number',
	'rep.other': 'Phone number of the representative',
	'rep.phone_bad': 'Type the mobile number of the representative, not your own.',
	'rep.ask_send': 'Send the code',
	'rep.read_out': 'The representative reads the code out if they agree. If not, go back.',
	'rep.holds': 'Your representative agreed {day}, with a code sent to {phone}.',
	'rep.free': 'When you send a report, you choose whether it is public.',
	'rep.withdraw': 'Take the consent back',
	'rep.withdraw_ask': 'Take the representative’s consent back?',
	'rep.withdraw_text':
		'Reports sent from now on are not public. A new code is needed to change that again.',
	'rep.withdrawn': 'Taken back. New reports are not public.',
	'rep.done': 'Confirmed.',
	'pinset.row': 'PIN, fingerprint',
	'pinset.row_off': 'No PIN yet',
	'pinset.change': 'Change the PIN',
	'pinset.after': 'Lock when not used for',
	'pinset.minutes': '{n} min',
	'pinset.remove': 'Remove the PIN',
	'pinset.remove_lead':
		'Type the present PIN. After that, whoever holds the open device can see your reports.',
	'pinset.wrong': 'Wrong PIN. {n} tries left.',
	'pinset.removed': 'The PIN was removed.',
	'pinset.no_finger': 'Fingerprint and face cannot be used on this device yet.',
	'devices.label': '{name}, signed in {day}',
	'keys.waiting':
		'The device does not hand out its keys, so what was saved earlier cannot be opened now; all of it is still here and nothing was deleted. Unlock the device (its key ring) and try again.',
	'keys.without':
		'This device no longer has the keys of what was saved earlier (its key store was emptied, or the files came from another device). Sign in again: reports that were sent come back. What was not sent is set aside and not deleted.',
	'keys.retry': 'Try again',
	'error.keys':
		'The device does not let its key store be used, so this could not be done. Unlock the device and try again. Everything saved is still here.',
	'error.already_open':
		'The app is open in another window. Use that one, or close it and try again.',
	'aside.title': 'An outbox set aside',
	'aside.look': 'Look',
	'aside.none': 'Nothing was set aside.',
	'aside.what': 'What happened',
	'aside.what_text':
		'The device could not open an old outbox: its key is gone or the file is damaged. This happens when files are copied to another device or the key store is emptied.',
	'aside.safe': 'What is safe',
	'aside.safe_text':
		'Reports that were sent are with the office and have come back to this device. The old outbox is still on the device, encrypted, readable by nobody, not deleted.',
	'aside.next': 'What to do next',
	'aside.next_1': 'Look at My reports: send again what is not there.',
	'aside.next_2': 'You still have the old device? Open the app there and send from there.',
	'aside.next_3': 'For help, tell {body} the file names below. Do not remove the app.',
	'aside.file': 'Set aside: {time}, {size}',
	'aside.mine': 'My reports',
};
