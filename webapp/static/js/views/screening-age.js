/** How old an answer is. Pure. */
import { daysSince, since } from "../dates.js";

const MONTH_DAYS = 365.25 / 12;

/**
 * @param {string} iso a date
 * @returns {string} "today", "12 days ago", "5 months ago"
 */
export function age(iso) {
  const days = daysSince(iso);
  return days < 2 * MONTH_DAYS
    ? since().format(-days, "day")
    : since().format(-Math.floor(days / MONTH_DAYS), "month");
}
