// What people read, in Vietnamese: levels of identity. English has the same keys by type.
export const checks = {
	'level.declared': 'Chưa xác minh',
	'level.checked': 'Đã xác minh',
	'level.declared_sub': 'Xác minh để cơ quan biết chắc đó là bạn',
	'level.by_unit': '{day}, tại {unit}',
	'level.by_national': '{day}, bằng định danh quốc gia',
	'verify.title': 'Xác minh',
	'verify.lead':
		'Khi đăng ký, bạn tự khai số căn cước. Xác minh là có người xem thẻ của bạn, hoặc định danh quốc gia xác nhận số đó.',
	'verify.why':
		'Không xác minh, bạn vẫn gửi phản ánh như thường. Xác minh rồi, không ai khác lập được tài khoản bằng số của bạn.',
	'verify.done': 'Tài khoản của bạn đã xác minh',
	'verify.done_unit': '{unit} đã xem thẻ của bạn ngày {day}.',
	'verify.done_national': 'Định danh quốc gia xác nhận ngày {day}.',
	'verify.card_title': 'Mang thẻ tới gặp cán bộ',
	'verify.card_text':
		'Mang thẻ căn cước tới bộ phận một cửa của xã, thị trấn, hoặc gặp tổ công nghệ số cộng đồng. Việc này mất khoảng một phút.',
	'verify.national_title': 'Xác minh bằng {name}',
	'verify.national_text':
		'Trình duyệt sẽ mở trang của {name}. Bạn đăng nhập ở đó rồi quay lại đây. Ứng dụng chỉ nhận số căn cước.',
	'verify.national_start': 'Mở {name}',
	'verify.waiting': 'Đang chờ bạn ở trình duyệt',
	'verify.waiting_text': 'Đăng nhập ở trang vừa mở. Xong rồi, trang này tự hiện kết quả.',
	'verify.stop': 'Thôi, không chờ nữa',
	'verify.again': 'Thử lại',
	'verify.offline': 'Cần mạng để xác minh bằng {name}.',
	'verify.dropped': 'Bạn đã dừng. Chưa có gì thay đổi.',
	'error.national_refused': 'Trang định danh báo là bạn không đồng ý. Chưa có gì thay đổi.',
	'error.number_differs':
		'Định danh quốc gia trả về số căn cước khác với tài khoản này. Chưa có gì thay đổi. Nếu bạn gõ nhầm số khi đăng ký, mang thẻ tới bộ phận một cửa.',
	'error.check_refused':
		'Chưa xác nhận được kết quả của trang định danh. Chưa có gì thay đổi. Bạn thử lại.',
	'error.check_over': 'Lần xác minh này đã hết giờ. Bạn thử lại.',
	'error.national_unavailable': 'Trang định danh không trả lời. Bạn thử lại sau ít phút.',
	'error.already_checked': 'Tài khoản này đã xác minh rồi.',
	'error.no_browser': 'Không mở được trình duyệt trên máy này.',
	'office.nav.cards': 'Xác nhận căn cước',
	'cards.title': 'Xác nhận căn cước',
	'cards.lead':
		'Cầm thẻ của người dân trên tay. Quét mã trên thẻ, hoặc gõ số và họ tên như trên thẻ.',
	'cards.scan': 'Quét mã trên thẻ',
	'cards.place': 'Nơi xem thẻ',
	'cards.place_small': 'nếu không phải tại trụ sở',
	'cards.seen': 'Tôi đang cầm thẻ, ảnh trên thẻ đúng là người này',
	'cards.confirm': 'Xác nhận',
	'cards.working': 'Đang xem…',
	'cards.need_number': 'Gõ đủ 12 số trên thẻ.',
	'cards.need_name': 'Gõ họ và tên như trên thẻ.',
	'cards.need_seen': 'Cần xem thẻ và người trước khi xác nhận.',
	'cards.confirmed': 'Đã xác nhận',
	'cards.confirmed_text':
		'Ứng dụng của người dân sẽ hiện “Đã xác minh”, ngày hôm nay và tên đơn vị.',
	'cards.already_checked': 'Đã xác minh từ trước',
	'cards.already_text': 'Xác minh {when}. Không cần làm gì thêm.',
	'cards.no_account': 'Số này chưa có tài khoản',
	'cards.no_account_text':
		'Xem lại số đã gõ. Nếu đúng số, giúp người dân cài ứng dụng và đăng ký bằng thẻ, rồi xác nhận lại.',
	'cards.name_differs': 'Họ tên không khớp',
	'cards.name_differs_text':
		'Xem lại họ tên trên thẻ, cả dấu. Nếu thẻ đúng như đã gõ, hướng dẫn người dân sửa họ tên trong ứng dụng.',
	'cards.phone': '3 số cuối điện thoại',
	'cards.phone_small': 'hỏi người dân, nếu tài khoản có số',
	'cards.phone_differs': 'Số điện thoại không khớp',
	'cards.phone_differs_text':
		'Tài khoản này dùng số điện thoại khác. Hỏi lại người dân. Nếu số căn cước bị người khác đăng ký, báo người quản trị.',
	'cards.freed': 'Số đã được trả lại',
	'cards.freed_text': 'Người dân có thể đăng ký lại bằng thẻ của mình.',
	'cards.next': 'Người tiếp theo',
	'cards.too_many': 'Đã xem quá nhiều thẻ trong một giờ. Thử lại sau.',
	'cards.recorded': 'Mỗi lần xác nhận được ghi lại: ai xem, lúc nào, ở đâu.',
	'cards.offline': 'Cần mạng để xác nhận. Những gì đã gõ vẫn còn.',
};
