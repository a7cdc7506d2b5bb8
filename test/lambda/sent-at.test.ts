import type { CloudFormationEvent } from '../../lambda/events';
import { sentAt } from '../../lambda/sent-at';

const sent = (query: string) => sentAt({ ResponseURL: `https://bucket.s3.amazonaws.com/key${query}` } as CloudFormationEvent);

test.each([
  '?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20260131T235958Z&X-Amz-Expires=7200',
  '?X-Amz-Date=20260131T235958Z',
])('an event was sent when the URL for its response was signed: %s', (query) => {
  expect(sent(query)).toBe(Date.UTC(2026, 0, 31, 23, 59, 58));
});

test.each(['', '?X-Amz-Expires=7200', '?Other-X-Amz-Date=20260131T235958Z', '?X-Amz-Date=today', '?X-Amz-Date=20260131T2359Z', '?X-Amz-Date=2026-01-31'])(
  'another URL does not tell when: %p', (query) => {
    expect(sent(query)).toBeUndefined();
  });
