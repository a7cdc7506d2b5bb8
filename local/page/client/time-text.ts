const two = (value: number) => String(value).padStart(2, '0');

/** The time of day in UTC, such as `14:02:09`. */
export function timeText(time: number): string {
  return new Date(time).toISOString().slice(11, 19);
}

/** The time of day in UTC, with the date if it differs from today's. */
export function recentTimeText(time: number, now: number): string {
  return dateTimeText(time).slice(0, 10) === dateTimeText(now).slice(0, 10) ? timeText(time) : dateTimeText(time);
}

/** The date and the time of day in UTC. */
export function dateTimeText(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
}

/** The shortest text for a tick of an axis: the date at midnight, seconds only where they are not zero. */
export function tickText(time: Date): string {
  if (time.getTime() % 86_400_000 === 0) return time.toISOString().slice(5, 10);
  return timeText(time.getTime()).replace(/:00$/, '');
}

/** A duration, such as `45 s`, `4 min 30 s`, `1 h 03 min` or `2 d 04 h`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (days > 0) return `${days} d ${two(hours % 24)} h`;
  if (hours > 0) return `${hours} h ${two(minutes % 60)} min`;
  if (minutes > 0) return `${minutes} min ${two(seconds % 60)} s`;
  return `${seconds} s`;
}

/** The noun of a job in words, such as `training job`. */
export function kindText(kind: string): string {
  return kind === 'HyperParameterTuningJob' ? 'tuning job' : kind.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
}
