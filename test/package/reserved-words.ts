/** The words that cannot be names, by language. */
export const RESERVED_WORDS: { readonly [language: string]: readonly string[] } = {
  'Python': words(`and as assert async await break class continue def del elif else except finally for from global if import in is
    lambda nonlocal not or pass raise return try while with yield`),
  'Java': words(`abstract assert boolean break byte case catch char class const continue default do double else enum extends false final
    finally float for goto if implements import instanceof int interface long native new null package private protected public return short
    static strictfp super switch synchronized this throw throws transient true try void volatile while`),
  'C#': words(`abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum
    event explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null
    object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static string struct
    switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while`),
  'Go': words(`break case chan const continue default defer else fallthrough for func go goto if import interface map package range return
    select struct switch type var`),
};

/** The methods that every object has, by language. jsii gives `toString` its own name in each of them. */
export const INHERITED: { readonly [language: string]: readonly string[] } = {
  'Java': words('clone equals finalize getClass hashCode notify notifyAll wait'),
  'C#': words('Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals'),
};

function words(text: string): readonly string[] {
  return text.split(/\s+/);
}
