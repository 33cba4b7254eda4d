/** What stands in the place of a secret. */
const MASK = '***';

/** A text that is safe to be logged and answered: secrets are masked in it, however the server or helm has quoted them. */
export function concealed(text: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap(secret => [
    secret,
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString('base64'),
    // A key or a certificate may be quoted in part.
    ...secret.includes('\n') ? secret.split('\n').map(line => line.trim()) : [],
  ]);
  return [...new Set(forms)]
    // Shorter ones are in every other word.
    .filter(form => form.length > 3)
    .sort((a, b) => b.length - a.length)
    .reduce((result, form) => result.replaceAll(form, MASK), text);
}

/** Values whose names sound secret, out of a JSON object: users put them where they should not. */
export function secretsIn(values: string | undefined): string[] {
  const secrets: string[] = [];
  const collect = (value: unknown, secret: boolean) => {
    if (value !== null && typeof value === 'object') {
      Object.entries(value).forEach(([key, inner]) => collect(inner, secret || /pass|secret|token|key|credential|auth/i.test(key)));
    // A switch is no secret, and its word is in every other text.
    } else if (secret && value !== null && typeof value !== 'boolean') {
      secrets.push(String(value));
    }
  };
  collect(JSON.parse(values || '{}'), false);
  return secrets;
}
