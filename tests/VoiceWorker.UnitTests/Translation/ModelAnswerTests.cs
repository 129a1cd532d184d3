using VoiceWorker.Engines.OpenAi.Chat;

namespace VoiceWorker.UnitTests.Translating;

public sealed class ModelAnswerTests
{
    [Theory]
    [InlineData("Hola")]
    [InlineData("\n\n Hola \n")]
    // Thoughts.
    [InlineData("<think>The user says \"Hello\".\nIn Spanish: hola.</think>\n\nHola")]
    [InlineData("<think>\n\n</think>\n\nHola")]
    [InlineData("<think>a</think><think>b</think>Hola")]
    [InlineData("<thinking>a</thinking> Hola")]
    [InlineData("<THINK>a</THINK> Hola")]
    [InlineData("<reasoning>a</reasoning>\nHola")]
    [InlineData("<seed:think>a</seed:think>Hola")]
    [InlineData("[THINK]a[/THINK]Hola")]
    [InlineData("◁think▷a◁/think▷Hola")]
    [InlineData("The user says hello, so: </think>\n\nHola")]
    [InlineData("<|channel|>analysis<|message|>User says hello<|end|><|start|>assistant<|channel|>final<|message|>Hola<|return|>")]
    [InlineData("Hola<|im_end|>")]
    [InlineData("Hola</s>\n")]
    [InlineData("Hola<end_of_turn>\n<end_of_turn>")]
    // Wrapping.
    [InlineData("```\nHola\n```")]
    [InlineData("```text\nHola\n```")]
    [InlineData("\"Hola\"")]
    [InlineData("“Hola”")]
    [InlineData("«Hola»")]
    [InlineData("'Hola'")]
    [InlineData("Translation: Hola")]
    [InlineData("**Translation:** Hola")]
    [InlineData("Spanish translation:\nHola")]
    [InlineData("Spanish: Hola")]
    [InlineData("Here is the translation: Hola")]
    [InlineData("Sure! Here's the translation into Spanish:\n\n\"Hola\"")]
    [InlineData("Traducción: Hola")]
    public void Translation_AnswerWithMore_IsTheTranslation(string answer) => Assert.Equal("Hola", ModelAnswer.Translation(answer, "Hello", "es"));

    [Theory]
    [InlineData("<think>only thoughts</think>")]
    [InlineData("<think>no end")]
    [InlineData("  <reasoning>no end\nHola")]
    [InlineData(" \n")]
    public void Translation_NothingButThoughts_IsEmpty(string answer) => Assert.Equal("", ModelAnswer.Translation(answer, "Hello", "es"));

    // What the text has itself, or what may well be its translation, stays.
    [Theory]
    [InlineData("\"Hello\", she said", "\"Hola\", dijo", "\"Hola\", dijo")]
    [InlineData("\"Hello\"", "\"Hola\"", "\"Hola\"")]
    [InlineData("“Hello” and “bye”", "“Hola” y “adiós”", "“Hola” y “adiós”")]
    [InlineData("He said hello and bye", "\"Hola\" y \"adiós\"", "\"Hola\" y \"adiós\"")]
    [InlineData("Translation: a hard job", "Translation: un trabajo duro", "Translation: un trabajo duro")]
    [InlineData("Note: closed", "Nota: cerrado", "Nota: cerrado")]
    [InlineData("Careful, it is hot", "Cuidado: está caliente", "Cuidado: está caliente")]
    [InlineData("use <think> tags", "usa etiquetas <think>", "usa etiquetas <think>")]
    [InlineData("<think>hello</think>", "<think>hola</think>", "<think>hola</think>")]
    [InlineData("<think>hello</think>", "<think>a tag</think><think>hola</think>", "<think>hola</think>")]
    [InlineData("```\nhello\n```", "```\nhola\n```", "```\nhola\n```")]
    [InlineData("I think so", "Creo que sí", "Creo que sí")]
    [InlineData("a < b and c > d", "a < b y c > d", "a < b y c > d")]
    public void Translation_PartOfTheText_Stays(string source, string answer, string expected) => Assert.Equal(expected, ModelAnswer.Translation(answer, source, "es"));
}
