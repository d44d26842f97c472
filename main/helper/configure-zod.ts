import * as z from 'zod';

// Before any schema is made: zod would otherwise build its parsers with `new Function`, which this process forbids.
z.config({ jitless: true });
