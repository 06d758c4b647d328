import * as z from 'zod/mini';
import { Parser } from 'yaml';
import { count } from '../../shared/words/generated/messages.js';
const S = z.object({ a: z.string() });
console.log(S.parse({ a: 'x' }), [...new Parser().parse('a: 1')].length, count({ count: 2 }));
