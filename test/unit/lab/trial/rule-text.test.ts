import { expect, it } from 'vitest';
import { ruleText } from '../../../../main/lab/trial/rule-text.ts';

const xml = `<filter name='f'>
  <rule action='accept' direction='out'/>
  <rule action='drop' direction='in'>
    <ip srcipaddr='10.0.0.1'/>
  </rule>

    <rule action='drop' direction='out'
          priority='1'><mac/></rule>
</filter>
`;

it.each([
  ['a rule without a protocol', 2, "<rule action='accept' direction='out'/>"],
  ['a rule of several lines', 3, "<rule action='drop' direction='in'>\n  <ip srcipaddr='10.0.0.1'/>\n</rule>"],
  ['a tag of several lines', 7, "<rule action='drop' direction='out'\n      priority='1'><mac/></rule>"],
])('%s is shown without its margin', (_, line, text) => {
  expect(ruleText(xml, line)).toBe(text);
});
