/**
 * Bytes of a text with kcat's escapes: `\n \r \t`, `\xHH`, `\NNN` (decimal; octal with a leading 0), and `\` before any
 * other character for that character. Source: kcat's -f, -K and -D; unlike kcat a zero byte may be written (`\x00`).
 */
export function unescape(text: string): Uint8Array {
  const parts: Buffer[] = [];
  let plain = "";
  const byte = (value: number): void => {
    parts.push(Buffer.from(plain), Buffer.of(value & 0xff));
    plain = "";
  };
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== "\\" || i + 1 === text.length) {
      plain += text[i];
      continue;
    }
    const rest = text.slice(i + 1);
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest);
    const digits = /^(0[0-7]{0,3}|[1-9][0-9]{0,2})/.exec(rest);
    if (hex) {
      byte(parseInt(hex[1]!, 16));
      i += hex[0].length;
    } else if (digits) {
      byte(parseInt(digits[0], digits[0].startsWith("0") ? 8 : 10));
      i += digits[0].length;
    } else {
      const letter = rest[0]!;
      plain += letter === "n" ? "\n" : letter === "t" ? "\t" : letter === "r" ? "\r" : letter;
      i += 1;
    }
  }
  parts.push(Buffer.from(plain));
  return Buffer.concat(parts);
}
