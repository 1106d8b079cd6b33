import type { FaultBody } from './types';

/** An error from Go with its stable code; `message` is the English sentence. */
export class Fault extends Error {
  readonly code: string;
  readonly params: Record<string, string>;

  constructor(body: FaultBody) {
    super(body.message);
    this.name = 'Fault';
    this.code = body.code;
    this.params = body.params ?? {};
  }
}

const isBody = (value: unknown): value is FaultBody =>
  typeof value === 'object' && value !== null && 'code' in value && 'message' in value;

/** The fault that a binding wrote as the message of an Error, if it did. */
function written(message: string): FaultBody | null {
  if (!message.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(message);
    return isBody(value) ? value : null;
  } catch {
    return null;
  }
}

/** Makes a Fault of whatever was thrown or received. */
export function toFault(reason: unknown): Fault {
  if (reason instanceof Fault) return reason;
  if (isBody(reason)) return new Fault(reason);
  const message = reason instanceof Error ? reason.message : String(reason);
  const body = written(message);
  if (body) return new Fault(body);
  return new Fault({ code: 'unexpected', message, params: { message } });
}
