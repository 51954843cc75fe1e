/**
 * Which UTF-16 units Windows changes, as `[what is added, the units]`: ranges in hexadecimal, `/2` those of every second unit.
 * The "Windows 8 Upper Case Mapping Table" that MS-UCODEREF 3.1.5.3 points to. It is older than the Unicode of today's engines, knows no
 * surrogates, and leaves µ, ı, ſ and ς as they are.
 */
const CHANGED: readonly (readonly [number, string])[] = [
  [-32, '61-7a e0-f6 f8-fe 3b1-3c1 3c3-3cb 430-44f ff41-ff5a'],
  [121, 'ff'],
  [
    -1,
    '101-12f/2 133-137/2 13a-148/2 14b-177/2 17a-17e/2 183-185/2 188 18c 192 199 1a1-1a5/2 1a8 1ad 1b0 1b4-1b6/2 1b9 1bd 1ce-1dc/2 1df-1ef/2 1f5 1f9-21f/2 223-233/2 23c 242 247-24f/2 371-373/2 377 3d9-3ef/2 3f8 3fb 461-481/2 48b-4bf/2 4c2-4ce/2 4d1-523/2 1e01-1e95/2 1ea1-1eff/2 2184 2c61 2c68-2c6c/2 2c73 2c76 2c81-2ce3/2 a641-a65f/2 a663-a66d/2 a681-a697/2 a723-a72f/2 a733-a76f/2 a77a-a77c/2 a77f-a787/2 a78c',
  ],
  [195, '180'],
  [97, '195'],
  [163, '19a'],
  [130, '19e 37b-37d'],
  [56, '1bf'],
  [-2, '1c6 1c9 1cc 1f3'],
  [-79, '1dd'],
  [10783, '250'],
  [10780, '251'],
  [-210, '253'],
  [-206, '254'],
  [-205, '256-257 260'],
  [-202, '259'],
  [-203, '25b'],
  [-207, '263'],
  [-209, '268'],
  [-211, '269 26f'],
  [10743, '26b'],
  [10749, '271'],
  [-213, '272'],
  [-214, '275'],
  [10727, '27d'],
  [-218, '280 283 288'],
  [-69, '289'],
  [-217, '28a-28b'],
  [-71, '28c'],
  [-219, '292'],
  [-38, '3ac'],
  [-37, '3ad-3af'],
  [-64, '3cc'],
  [-63, '3cd-3ce'],
  [-8, '3d7'],
  [7, '3f2 1fe5'],
  [-80, '450-45f'],
  [-15, '4cf'],
  [-48, '561-586 2c30-2c5e'],
  [35332, '1d79'],
  [3814, '1d7d'],
  [
    8,
    '1f00-1f07 1f10-1f15 1f20-1f27 1f30-1f37 1f40-1f45 1f51-1f57/2 1f60-1f67 1f80-1f87 1f90-1f97 1fa0-1fa7 1fb0-1fb1 1fd0-1fd1 1fe0-1fe1',
  ],
  [74, '1f70-1f71'],
  [86, '1f72-1f75'],
  [100, '1f76-1f77'],
  [128, '1f78-1f79'],
  [112, '1f7a-1f7b'],
  [126, '1f7c-1f7d'],
  [9, '1fb3 1fc3 1ff3'],
  [-28, '214e'],
  [-16, '2170-217f'],
  [-26, '24d0-24e9'],
  [-10795, '2c65'],
  [-10792, '2c66'],
  [-7264, '2d00-2d25'],
];

let table: Uint16Array | undefined;

/** Upper case as Windows makes it of names: unit by unit, so that the length stays (MS-UCODEREF 3.1.5.3). */
export function windowsUpperCase(name: string): string {
  if (/^[ -~]*$/.test(name)) return name.toUpperCase();
  table ??= wholeTable();
  let upper = '';
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index);
    upper += String.fromCharCode(table[unit] ?? unit);
  }
  return upper;
}

/** Every unit's upper case. */
function wholeTable(): Uint16Array {
  const units = Uint16Array.from({ length: 0x10000 }, (_, unit) => unit);
  for (const [shift, ranges] of CHANGED) {
    for (const range of ranges.split(' ')) {
      const [, first = '', last = first, step = '1'] = /^(\w+)(?:-(\w+))?(?:\/(\d))?$/.exec(range) ?? [];
      const end = Number.parseInt(last, 16);
      for (let unit = Number.parseInt(first, 16); unit <= end; unit += Number(step)) units[unit] = unit + shift;
    }
  }
  return units;
}
