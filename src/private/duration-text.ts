import { Duration, Token, Tokenization } from 'aws-cdk-lib';

/** The whole seconds of a duration as text, as annotations want them. */
export function secondsText(duration: Duration): string {
  return Tokenization.stringifyNumber(duration.toSeconds());
}

/** A duration as Go writes it: 36h, 1h30m, 45s. */
export function goDuration(duration: Duration): string {
  const seconds = duration.toSeconds();
  if (Token.isUnresolved(seconds)) {
    return `${Tokenization.stringifyNumber(seconds)}s`;
  }
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds / 60) % 60, 'm'], [seconds % 60, 's']] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count}${unit}`).join('') || '0s';
}
