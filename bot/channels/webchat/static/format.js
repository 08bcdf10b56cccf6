/** Times and spans as a person reads them, in the language of the page. */
import { locale, t } from './i18n.js';

const DAY_MS = 86_400_000;

/** Label between messages: "16:30", "昨天 16:30", "星期三 16:30", "2026年11月20日 16:30". */
export function separatorLabel(iso) {
  const date = new Date(iso);
  const days = daysFromToday(date);
  if (days === 0) return clock(date);
  return `${dayName(date, days)} ${clock(date)}`;
}

/** A moment ahead or past, with its day named: "今天 16:30", "明天 10:00". */
export function moment(iso) {
  const date = new Date(iso);
  const days = daysFromToday(date);
  return `${Math.abs(days) <= 1 ? relativeDay(days) : shortDay(date)} ${clock(date)}`;
}

/** "还剩 3小时 52分", or "已超时 25分" once it is past. */
export function countdownText(iso, now = Date.now()) {
  const left = new Date(iso) - now;
  if (left < 0) return t('time_over', { span: span(Math.max(-left, 60_000), false) });
  return t('time_left', { span: span(left, true) });
}

/** The two largest units that matter; seconds only in the last ten minutes of a running clock. */
function span(milliseconds, withSeconds) {
  const minutes = Math.floor(milliseconds / 60_000);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days) return joined([days, 'day'], [hours, 'hour']);
  if (hours) return joined([hours, 'hour'], [minutes % 60, 'minute']);
  if (minutes >= 10 || !withSeconds) return joined([minutes, 'minute']);
  return joined([minutes, 'minute'], [Math.floor((milliseconds % 60_000) / 1000), 'second']);
}

function joined(...amounts) {
  const shown = amounts.filter(([count]) => count);
  return (shown.length ? shown : amounts.slice(-1)).map(([count, unit]) => amount(count, unit)).join(' ');
}

function amount(count, unit) {
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(count);
}

function daysFromToday(date) {
  const midnight = (day) => new Date(day).setHours(0, 0, 0, 0);
  return Math.round((midnight(date) - midnight(Date.now())) / DAY_MS);
}

function dayName(date, days) {
  if (days === -1) return relativeDay(days);
  if (days < 0 && days > -7) return new Intl.DateTimeFormat(locale(), { weekday: 'long' }).format(date);
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(date);
}

function relativeDay(days) {
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
}

function shortDay(date) {
  return new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric' }).format(date);
}

function clock(date) {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(date);
}
