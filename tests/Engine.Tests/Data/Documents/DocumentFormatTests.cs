using System.Text;
using DreamViz.Engine.Data.Documents;
using DreamViz.Engine.Numerics;

namespace DreamViz.Engine.Tests.Data.Documents;

public class DocumentFormatTests
{
    [Fact]
    public void A_line_of_lda_c_is_a_document_whose_words_may_come_in_any_order()
    {
        CountMatrix documents = LdaCFile.Parse("2 3:1 0:7\r\n0\n\n 1 2:4 \n"u8, "x", 4);
        Assert.Equal(3, documents.Rows);
        Assert.Equal([0, 3], documents.Words(0).ToArray());
        Assert.Equal([7, 1], documents.Counts(0).ToArray());
        Assert.Equal((8, 0, 4), (documents.Total(0), documents.Total(1), documents.Total(2)));
    }

    [Theory]
    [InlineData("x", "x, line 1: expected the number of different words, a whole number from 0 to 4, found 'x'")]
    [InlineData("1 0:1\n2 1:1", "x, line 2: expected a word of the vocabulary, a whole number from 0 to 3, found the end of the line")]
    [InlineData("1 0:1 2:1", "x, line 1: expected the end of the line, found '2:1'")]
    [InlineData("1 4:1", "found '4:1'")]
    [InlineData("1 -1:1", "found '-1:1'")]
    [InlineData("1 0:0", "expected how often the word occurs, a whole number from 1 to 16777216, found '0'")]
    [InlineData("1 0:99999999999999999999999", "found '99999999999999999999'")]
    [InlineData("2 0:16777216 1:2", "found '2'")]
    [InlineData("1 0 1", "expected a colon behind the word, found '1'")]
    [InlineData("1 0;1", "found '0;1'")]
    [InlineData("2 1:1 1:2", "x, line 1: expected every word once, found word 1 twice")]
    [InlineData("5 0:1 1:1 2:1 3:1 0:1", "whole number from 0 to 4, found '5'")]
    [InlineData("1 0:1.5", "found '1.5'")]
    public void Damaged_lda_c_is_refused_with_its_line(string text, string message) =>
        Refused(() => LdaCFile.Parse(Encoding.UTF8.GetBytes(text), "x", 4), message);

    [Fact]
    public void Entries_of_a_uci_file_may_come_in_any_order()
    {
        CountMatrix documents = UciFile.Parse("3\n4\n4\n3 1 2\n1 4 1\n1 2 5\n3 2 1\n"u8, "x", 4);
        Assert.Equal(3, documents.Rows);
        Assert.Equal([1, 3], documents.Words(0).ToArray());
        Assert.Equal([5, 1], documents.Counts(0).ToArray());
        Assert.Equal((6, 0, 3), (documents.Total(0), documents.Total(1), documents.Total(2)));
    }

    [Theory]
    [InlineData("", "x, line 1: expected the number of documents, a whole number from 1 to 10000000, found the end of the line")]
    [InlineData("1\n5\n1\n1 1 1", "x, line 2: expected the number of words of the vocabulary, a whole number from 4 to 4, found '5'")]
    [InlineData("1\n4\n999999999\n1 1 1", "the number of entries, a whole number from 1 to")]
    [InlineData("2\n4\n2\n1 1 1\n", "expected 2 entries, found 1")]
    [InlineData("2\n4\n1\n1 1 1\n1 2 1\n", "x, line 5: expected the end of the file after 1 entries, found more")]
    [InlineData("2\n4\n1\n3 1 1\n", "x, line 4: expected a document, a whole number from 1 to 2, found '3'")]
    [InlineData("2\n4\n1\n1 0 1\n", "found '0'")]
    [InlineData("2\n4\n1\n1 1\n", "found the end of the line")]
    [InlineData("2\n4\n1\n1 1 1 1\n", "expected the end of the line, found '1'")]
    [InlineData("2\n4\n2\n2 3 1\n2 3 1\n", "x: expected every word of document 2 once, found word 3 twice")]
    public void A_damaged_uci_file_is_refused_with_its_line(string text, string message) =>
        Refused(() => UciFile.Parse(Encoding.UTF8.GetBytes(text), "x", 4), message);

    [Fact]
    public void A_vocabulary_is_a_word_a_line() =>
        Assert.Equal(["one", "two", "drei"], VocabularyFile.Parse("one\r\ntwo \ndrei\n\n", "x"));

    [Theory]
    [InlineData("one\n\ntwo", "x, line 2: expected a word of 1 to 200 characters, found a line of 0")]
    [InlineData("one\ntwo\none", "x, line 3: expected a word that did not occur before, found 'one' of line 1")]
    [InlineData("o\0ne", "x, line 1: expected a word")]
    [InlineData("", "x, line 1: expected a word")]
    public void A_damaged_vocabulary_is_refused_with_its_line(string text, string message) =>
        Refused(() => VocabularyFile.Parse(text, "x"), message);

    [Fact]
    public void A_vocabulary_has_no_more_words_than_a_layer_has_units() => Refused(
        () => VocabularyFile.Parse(string.Join('\n', Enumerable.Range(0, 65537)), "x"), "x, line 65537: expected at most 65536 words");

    [Fact]
    public void Words_are_runs_of_letters_in_lower_case() => Assert.Equal(
        ["don", "nai\u0308ve", "größe", "été"], TextFolder.Words("Don't! a 12 NAI\u0308VE-Größe,\tx42 ÉTÉ"));

    private static void Refused(Action read, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidInputException>(read).Message, StringComparison.Ordinal);
}
