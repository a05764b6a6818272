/** Sums of money in Thai words. https://support.google.com/docs/answer/9982303 */

const DIGITS = ['ศูนย์', 'หนึ่ง', 'สอง', 'สาม', 'สี่', 'ห้า', 'หก', 'เจ็ด', 'แปด', 'เก้า'];
const PLACES = ['', 'สิบ', 'ร้อย', 'พัน', 'หมื่น', 'แสน'];
const MILLION = 1_000_000;

/** An amount in baht and satang. */
export function bahtText(amount: number): string {
  const satang = Math.round(Number((Math.abs(amount) * 100).toPrecision(15)));
  const [whole, rest] = [Math.floor(satang / 100), satang % 100];
  const baht = whole > 0 || rest === 0 ? `${words(whole)}บาท` : '';
  return `${amount < 0 && satang > 0 ? 'ลบ' : ''}${baht}${rest === 0 ? 'ถ้วน' : `${words(rest)}สตางค์`}`;
}

/** A whole number: a one behind others and tens of one and two have words of their own. */
function words(value: number): string {
  if (value === 0) return DIGITS[0] ?? '';
  if (value >= MILLION) {
    const rest = value % MILLION;
    return `${words(Math.floor(value / MILLION))}ล้าน${rest === 0 ? '' : words(rest)}`;
  }
  const digits = [...String(value)].map(Number);
  return digits
    .map((digit, i) => {
      const place = digits.length - 1 - i;
      if (digit === 0) return '';
      if (place === 1 && digit === 1) return PLACES[1];
      if (place === 1 && digit === 2) return `ยี่${PLACES[1]}`;
      if (place === 0 && digit === 1 && digits.length > 1) return 'เอ็ด';
      return `${DIGITS[digit]}${PLACES[place]}`;
    })
    .join('');
}
