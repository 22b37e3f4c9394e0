// What a phone brings: its place, its scanner, links from outside, sending while the app is closed.
export const device = {
	'place.about': 'Theo vị trí của máy, lệch khoảng {d}',
	'place.wide': 'Vị trí còn rộng, lệch khoảng {d}. Chọn xã và tả nơi cho rõ.',
	'place.lost.refused': 'Máy chưa cho phép lấy vị trí. Chọn xã và gõ tên thôn là đủ.',
	'place.lost.off': 'Chưa lấy được vị trí: định vị của máy đang tắt. Chọn xã và gõ tên thôn.',
	'place.lost.too_late':
		'Chờ lâu chưa thấy vị trí. Ra chỗ thoáng thử lại, hoặc chọn xã và gõ tên thôn.',
	'scan.otherwise': 'Quét cách khác',
	'link.not_yours':
		'Chưa thấy phản ánh {number} trong các phản ánh của bạn. Chỉ người gửi xem được phản ánh của mình.',
	'link.not_ours': 'Đường dẫn này không mở được trong ứng dụng.',
	'link.close': 'Đóng',
	'outbox.sends.when_open':
		'Tin chỉ gửi khi ứng dụng đang mở. Có mạng thì mở ứng dụng lên là tự gửi.',
	'outbox.sends.when_allowed':
		'Đóng ứng dụng rồi, có mạng máy vẫn thử gửi giúp. Máy chọn lúc gửi, có khi chậm; muốn chắc thì mở ứng dụng.',
	'notices.ask': 'Báo khi có trả lời?',
	'notices.ask_sub': 'Máy hiện một dòng báo có tin mới, không hiện nội dung phản ánh.',
	'notices.yes': 'Cho báo',
	'notices.later': 'Để sau',
	'notices.refused': 'Máy đang tắt thông báo của ứng dụng. Mở lại trong phần Cài đặt của máy.',
};
