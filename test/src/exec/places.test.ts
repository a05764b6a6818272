/** Where the preload takes a host to lie: at a twin, on this machine, or elsewhere. */
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { places } from '../../../src/exec/preload/places.ts';

const map = places({
  proxy: 1,
  hosts: ['slack.com', '*.okta.com'],
  allow: ['example.com', 'db.example.org:5432', '*.corp.example', '192.0.2.7:80', '[2001:db8::1]:443'],
});

describe('a host is', () => {
  it.each(['slack.com', 'SLACK.com.', 'acme.okta.com'])('a twin’s: %s', (host) => {
    expect(map.placeOf(host, 443)).toBe('twin');
  });

  it.each([
    ...[
      'localhost',
      'app.localhost',
      '127.0.0.1',
      '127.8.8.8',
      '::1',
      '::ffff:127.0.0.1',
      '0.0.0.0',
      '::',
      '',
    ],
    hostname(),
  ])('on this machine: "%s"', (host) => {
    expect(map.placeOf(host, 443)).toBe('here');
  });

  it.each([
    ...['example.org', 'notslack.com', 'okta.com', 'slack.com.evil.example', '10.0.0.1', '169.254.169.254'],
    ...['localhost.example.org', '127.0.0.1.example.org', '::ffff:10.0.0.1', '2001:db8::2'],
  ])('elsewhere: %s', (host) => {
    expect(map.placeOf(host, 443)).toBe('elsewhere');
  });

  it.each([
    ['example.com', 8443, 'here'],
    ['a.example.com', 443, 'elsewhere'],
    ['db.example.org', 5432, 'here'],
    ['db.example.org', 443, 'elsewhere'],
    ['git.corp.example', 22, 'here'],
    ['corp.example', 22, 'elsewhere'],
    ['192.0.2.7', 80, 'here'],
    ['192.0.2.7', 81, 'elsewhere'],
    ['2001:db8::1', 443, 'here'],
  ])('let through by name, and by port where one was said: %s port %i: %s', (host, port, place) => {
    expect(map.placeOf(host, port)).toBe(place);
  });
});

describe('an address that stands for a name', () => {
  it('leads back to it, and is the same every time', () => {
    for (const family of [4, 6] as const) {
      const address = map.addressFor('slack.com', family);
      expect(map.addressFor('Slack.com', family)).toBe(address);
      expect(map.addressFor('acme.okta.com', family)).not.toBe(address);
      expect(map.nameOf(address)).toBe('slack.com');
    }
  });

  it('is of a range that no network has; others stand for themselves', () => {
    expect(map.addressFor('a.okta.com', 4)).toMatch(/^198\.18\./);
    expect(map.nameOf('198.51.100.7')).toBe('198.51.100.7');
    expect(map.nameOf('198.18.255.255')).toBe('198.18.255.255');
  });
});
