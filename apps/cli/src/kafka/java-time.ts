/** As Java's `yyyy-MM-dd HH:mm:ss` with milliseconds behind `separator`, in the time zone here. */
export function javaTime(wallMs: number, separator: ":" | ","): string {
  const date = new Date(wallMs);
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":");
  return `${day} ${clock}${separator}${String(date.getMilliseconds()).padStart(3, "0")}`;
}
